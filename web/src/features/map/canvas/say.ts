/** What the drawing and its table say of a row. */
import { shortDay } from '../../../shared/ui'
import type { KeyOf, T } from './wordTypes'
import { type Day, isoOf } from './day'
import type { Words } from './chart'
import type { MapRow } from './model'

export type Say = T

/** `26-05-18`: every date of the table has its year. */
export const tableDay = (day: Day | null): string => (day === null ? '—' : isoOf(day).slice(2))

export const floatText = (row: MapRow): string => (row.state === 'done' ? '—' : String(row.totalFloat))

export function limitText(row: MapRow, t: Say): string {
  const { limitDays, limit } = row
  const parts: string[] = []
  if (limitDays) parts.push(limitDays.unit === 'instant' ? t('limit.instant') : t(`limit.${limitDays.unit}` as KeyOf, { n: limitDays.days ?? '—' }))
  if (limit) parts.push(limit.overdue > 0 ? t('limit.over', { n: limit.overdue }) : t('limit.till', { day: tableDay(limit.until) }))
  return parts.join(' ') || '—'
}

export const percentText = (row: MapRow): string => (row.event ? '—' : row.state === 'done' ? '100 %' : row.percent > 0 ? `${row.percent} %` : '—')

/** Words on the canvas. */
export function chartWords(t: Say, today: Day): Words {
  const iso = isoOf(today)
  const short = (day: Day) => shortDay(isoOf(day), iso)
  return {
    today: (day) => t('map.today', { day: isoOf(day).slice(5) }),
    odds: (m) => (m.odds ? t('map.odds', { p50: short(m.odds.p50), p80: short(m.odds.p80) }) : ''),
    off: (row) => `${row.name} ${short(row.finish)}`,
    tag: (row) => tagOf(row, t),
  }
}

/** The owner; what stands still says so, and who would have to move. */
function tagOf(row: MapRow, t: Say): string {
  if (row.state === 'paused' || row.state === 'returned' || row.state === 'reopened') return [t(`state.${row.state}` as KeyOf), row.owner].filter(Boolean).join(' · ')
  return row.owner
}

/** What a screen reader hears where the eye sees colours. */
export function asideText(row: MapRow, onPath: boolean, t: Say): string {
  const parts = [
    onPath ? t('map.onPath') : '',
    row.light ? t(`light.${row.light}` as KeyOf) : '',
    row.own ? t('map.own') : '',
    row.undecided ? t('map.undecided') : '',
    row.others ? t('map.waitsOthers', { n: row.others }) : '',
  ]
  return parts.filter(Boolean).join(', ')
}

