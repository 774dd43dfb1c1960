/** How a value reads in a cell, on the card and on the clipboard. */
import type { Formality, Row } from './api/types'
import type { Column } from './model/columns'
import type { Units } from '../../shared/ui'
import { daysBetween } from './model/values'
import type { Registers } from './register'

export interface Show {
  lang: 'zh' | 'en'
  /** The day that lateness is measured on: today, or the as-of day. */
  today: string
  /** May record decisions: stage, status, name, owner, lists, duties. */
  decides: boolean
  registers: Registers
  units: Units
}

const EN_MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A day in a dense place: month and day within the year, year and month beyond. */
export function shortDay(day: string | null, today: string): string {
  if (!day) return ''
  return day.slice(0, 4) === today.slice(0, 4) ? day.slice(5) : day.slice(2, 7)
}

/** A period in a dense place, in the office's words: 3月, 27-03, 上半年, 27年. */
export function shortPeriod(period: string | null, { today, lang }: Show): string {
  if (!period) return ''
  const near = period.slice(0, 4) === today.slice(0, 4)
  if (/^\d{4}-\d\d-\d\d$/.test(period)) return shortDay(period, today)
  if (/^\d{4}-\d\d$/.test(period)) {
    if (!near) return period.slice(2)
    return lang === 'zh' ? `${Number(period.slice(5))}月` : (EN_MONTHS[Number(period.slice(5)) - 1] ?? period)
  }
  return longPeriod(period, lang, near)
}

/** A period in words. */
export function longPeriod(period: string | null, lang: 'zh' | 'en', withoutYear = false): string {
  if (!period) return ''
  const year = period.slice(0, 4)
  const part = /^\d{4}(?:-(\d\d)x([123])|-Q([1-4])|-H([12])|-(\d\d)-(\d\d)|-(\d\d))?$/.exec(period)
  if (!part) return period
  const [, tenMonth, ten, quarter, half, dayMonth, day, month] = part
  if (lang === 'en') {
    const y = withoutYear ? '' : ` ${year}`
    if (ten) return `${['early', 'mid', 'late'][Number(ten) - 1]} ${EN_MONTHS[Number(tenMonth) - 1]}${y}`
    if (quarter) return `Q${quarter}${y}`
    if (half) return `H${half}${y}`
    if (day) return `${EN_MONTHS[Number(dayMonth) - 1]} ${Number(day)}${withoutYear ? '' : `, ${year}`}`
    if (month) return `${EN_MONTHS[Number(month) - 1]}${y}`
    return year
  }
  const y = withoutYear ? '' : `${year}年`
  if (ten) return `${y}${Number(tenMonth)}月${'上中下'[Number(ten) - 1]}旬`
  if (quarter) return `${y}${'一二三四'[Number(quarter) - 1]}季度`
  if (half) return `${y}${'上下'[Number(half) - 1]}半年`
  if (day) return `${y}${Number(dayMonth)}月${Number(day)}日`
  if (month) return `${y}${Number(month)}月`
  return `${year}年`
}

/** Days late on `today`, 0 when it is not: a plan whose last day has passed without the fact. */
export function lateDays(due: string | null, happened: string | null, today: string): number {
  return due && !happened && due < today ? daysBetween(due, today) : 0
}

/** Late plan cells, by column: the only red in the grid. */
export function cellLateness(row: Row, column: Column, today: string): number {
  if (row.status !== 'active' && row.status !== 'halted') return 0
  switch (column.key) {
    case 'start_planned':
      return lateDays(row.start_due, row.started_on, today)
    case 'finish_planned':
      return lateDays(row.finish_due, row.completed_on, today)
    case 'operate_planned':
      return lateDays(row.operate_due, row.operating_on, today)
    case 'ramp_planned':
      return lateDays(row.ramp_due, row.ramped_on, today)
    default:
      return 0
  }
}

const LIGHT_WORDS: Record<'zh' | 'en', Record<string, string>> = { zh: { green: '正常', amber: '预警', red: '红灯' }, en: { green: 'On track', amber: 'Amber', red: 'Red' } }

export function cellText(row: Row, column: Column, show: Show): string {
  const value = column.value(row)
  if (value === null || value === '') return ''
  switch (column.kind) {
    case 'money':
      return show.units.money(Number(value))
    case 'area':
      return show.units.land(Number(value))
    case 'percent':
      return Number(value).toFixed(1)
    case 'period':
      return shortPeriod(String(value), show)
    case 'day':
      return shortDay(String(value), show.today)
    case 'choice':
      return column.register ? show.registers.word(column.register, String(value)) : String(value)
    case 'lists':
      return listsText(row, show)
    case 'light':
      return LIGHT_WORDS[show.lang][String(value)] ?? ''
    default:
      return String(value)
  }
}

const listsText = (row: Row, show: Show) =>
  row.memberships
    .filter((m) => m.state !== 'removed')
    .map((m) => `${show.registers.word('lists', m.list.kind)} ${m.list.year}`)
    .join(show.lang === 'zh' ? '、' : ', ')

/** The same for the clipboard and an edit box: exact, with whole dates. */
export function plainText(row: Row, column: Column, show: Show): string {
  const value = column.value(row)
  if (value === null) return ''
  if (column.kind === 'money') return show.units.moneyExact(Number(value))
  if (column.kind === 'area') return show.units.landExact(Number(value))
  if (column.kind === 'period' || column.kind === 'day') return String(value)
  return cellText(row, column, show).replace(/,(?=\d{3}\b)/g, '')
}

/** A journal's value in words: `field` decides what it is. */
export function valueText(field: string, value: unknown, show: Show, word: (key: string) => string): string {
  if (value === null || value === undefined || value === '') return '—'
  if (Array.isArray(value)) return value.map((v) => valueText(field, v, show, word)).join(show.lang === 'zh' ? '、' : ', ') || '—'
  if (typeof value === 'number') return numberText(field, value, show)
  if (typeof value === 'boolean') return word(value ? 'yes' : 'no')
  if (typeof value === 'object') return objectText(field, value as Record<string, unknown>, show, word)
  return scalarText(field, String(value), show)
}

function numberText(field: string, value: number, { units }: Show): string {
  if (/investment|plan|done|ytd/.test(field)) return units.moneySaid(value)
  if (/^land/.test(field)) return units.landSaid(value)
  return String(value)
}

const REGISTER_OF: Record<string, Parameters<Registers['word']>[0]> = {
  division: 'divisions',
  platform: 'platforms',
  industry: 'industries',
  nature: 'natures',
  procedure: 'procedures',
  holding: 'holdings',
  stage: 'stages',
  status: 'statuses',
  level: 'levels',
  role: 'roles',
}

function scalarText(field: string, value: string, show: Show): string {
  const register = REGISTER_OF[field]
  if (register) return show.registers.word(register, value)
  if (/_planned$|_on$|^(on|from|to|planned|applied|decided)$/.test(field)) return longPeriod(value, show.lang)
  return value
}

/** A permit in the journal: its state with its day, and what its course adds. */
function formalityText(value: Record<string, unknown>, show: Show, word: (key: string) => string): string {
  const text = (key: string) => (typeof value[key] === 'string' ? (value[key] as string) : '')
  const course = value.course as Formality['course']
  const pause = course?.pauses?.at(-1)
  const state = text('state')
  const parts = [`${show.registers.word('formalities', text('kind'))} ${word(`formality.${state}`)} ${text('decided') || text('applied') || text('planned')}`.trim()]
  if (state === 'applied' && pause) parts.push(`${word(`pause.${pause.kind}`)} ${pause.from}–${pause.until ?? ''}`)
  if (course?.commitment) parts.push(course.commitment.fulfilled ? `${word('formality.kept')} ${course.commitment.fulfilled}` : `${word('formality.promised')} ${course.commitment.due}`)
  if (text('valid_until')) parts.push(`${word('formality.date.valid_until')} ${text('valid_until')}`)
  return parts.join(show.lang === 'zh' ? '，' : ', ')
}

function objectText(field: string, value: Record<string, unknown>, show: Show, word: (key: string) => string): string {
  const text = (key: string) => (typeof value[key] === 'string' ? (value[key] as string) : '')
  const { registers } = show
  if (field === 'lifecycle') {
    const stage = (value.stage as { kind?: string } | undefined)?.kind
    const status = (value.status as { kind?: string } | undefined)?.kind
    return [registers.word('stages', stage), status && status !== 'active' ? registers.word('statuses', status) : '']
      .filter(Boolean)
      .join(' · ')
  }
  if (field === 'formalities' || field === 'formality') {
    return formalityText(value, show, word)
  }
  if (field === 'responsibilities') return `${registers.word('roles', text('role'))} ${text('from')}${text('to') ? `–${text('to')}` : ''}`.trim()
  if (field === 'memberships') {
    const list = value.list as { kind: string; year: number } | undefined
    const plan = typeof value.plan === 'number' ? ` ${numberText('plan', value.plan, show)}` : ''
    return `${registers.word('lists', list?.kind)} ${list?.year ?? ''} ${word(`membership.${text('state')}`)}${plan}`
  }
  if (field === 'ytd_done') {
    return Object.entries(value)
      .map(([month, done]) => `${month} ${numberText('ytd_done', Number(done), show)}`)
      .join(show.lang === 'zh' ? '、' : ', ')
  }
  if (field === 'superseded') return `${word(`history.${text('kind')}`)} ${text('on')}`
  if (field === 'codes') return text('code')
  if (text('name')) return text('name')
  return Object.entries(value)
    .filter(([, v]) => v !== null && v !== '')
    .map(([k, v]) => `${k} ${valueText(k, v, show, word)}`)
    .join(show.lang === 'zh' ? '，' : ', ')
}
