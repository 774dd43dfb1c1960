/** The head of the sheet: what it is, the project, and its milestones. */
import { isoOf } from '../canvas/day'
import type { MapMilestone } from '../canvas/model'
import { type Area, type Context, cut } from './paper'

const COLUMN = 122
const MOST = 4

export function heading(c: Context, area: Area): void {
  const { pen, ink, sheet } = c
  const milestones = c.model.milestones.slice(0, MOST)
  const from = area.right - milestones.length * COLUMN - 74
  const left = area.left + 16
  const room = from - left - 20
  const above = [sheet.form, sheet.above].filter(Boolean).join(' · ')
  pen.text(left, area.top + 18, above, { color: ink['ink-2'] })
  if (sheet.light) {
    const x = left + pen.measure(above) + 18
    const color = { green: ink.green, amber: ink.amber, red: ink.red }[sheet.light.color]
    if (sheet.light.color === 'red') pen.rect(x, area.top + 13, 10, 10, color)
    else if (sheet.light.color === 'amber') pen.shape([x + 5, area.top + 12, x + 10, area.top + 23, x, area.top + 23], color)
    else pen.circle(x + 5, area.top + 18, 5, color)
    pen.text(x + 15, area.top + 18, cut(pen, sheet.light.words, room - (x - left) - 15, 12, true), { color, bold: true })
  }
  pen.text(left, area.top + 46, cut(pen, sheet.name, room, 25, true), { color: ink.ink, bold: true, size: 25 })
  pen.text(left, area.top + 75, cut(pen, sheet.below, room), { color: ink['ink-2'] })
  if (milestones.length === 0) return
  const labels = [c.t('sheet.plan'), c.t('sheet.forecast'), c.t('sheet.p80')]
  for (const [i, label] of labels.entries()) pen.text(from + 62, area.top + 40 + i * 21, label, { color: ink['ink-3'], align: 'right', size: 11 })
  milestones.forEach((m, i) => milestone(c, m, from + 74 + i * COLUMN, area))
}

function milestone({ pen, ink, t }: Context, m: MapMilestone, x: number, area: Area): void {
  const late = m.daysLate ?? 0
  pen.line([x, area.top, x, area.bottom], { color: ink.line })
  pen.text(x + 10, area.top + 18, m.name, { color: ink.ink, bold: true, size: 13 })
  pen.text(x + 10, area.top + 40, m.due === null ? '—' : isoOf(m.due), { color: ink['ink-2'] })
  pen.text(x + 10, area.top + 61, isoOf(m.done ?? m.expected).slice(2), { color: ink.ink, bold: true, size: 15 })
  const standing = m.done !== null ? t('sheet.done') : late > 0 ? t('sheet.late', { n: late }) : late < 0 ? t('sheet.early', { n: -late }) : m.due === null ? '' : t('sheet.onTime')
  if (m.odds && m.done === null) pen.text(x + 10, area.top + 82, isoOf(m.odds.p80).slice(2), { color: ink['ink-2'], size: 11 })
  pen.text(x + 10 + (m.odds && m.done === null ? 58 : 0), area.top + 82, standing, { color: late > 0 && m.done === null ? ink.red : ink['ink-2'], bold: late > 0, size: 11 })
}
