/** What of a queue is decided here: which acts a choice allows, what is sent of a filled-in sheet, how a clock is drawn. */
import { addDays, daysBetween } from '../../shared/ui'
import type { Edit, WorkGroup, WorkItem } from './api'

export const GROUPS: readonly WorkGroup[] = ['overdue', 'soon', 'in_hand', 'ready', 'waiting']

export const ACTS = ['grant', 'accept', 'return', 'pause', 'resume', 'commit', 'refuse', 'fulfil', 'extend', 'lapse', 'start', 'progress', 'finish'] as const
export type Act = (typeof ACTS)[number]
const ON_STEPS: readonly Act[] = ['start', 'progress', 'finish']

export const may = (item: WorkItem, act: Act) => item.acts.includes(act) && (ON_STEPS.includes(act) ? item.formality === null : item.formality !== null)

/** The acts that some of the chosen allow, with how many do, in the order of use. */
export const actsOf = (items: readonly WorkItem[]): { act: Act; n: number }[] =>
  ACTS.map((act) => ({ act, n: items.filter((item) => may(item, act)).length })).filter(({ n }) => n > 0)

/** The act that a sheet opens with: what most of the chosen allow. */
export const firstAct = (items: readonly WorkItem[]): Act | null => actsOf(items).reduce<{ act: Act | null; n: number }>((best, found) => (found.n > best.n ? found : best), { act: null, n: 0 }).act

/** What is typed once for all. */
export interface Sheet {
  act: Act
  on: string
  why: string
  until: string
  basis: string
  missing: string
  due: string
  valid: string
  remaining: string
  percent: string
}

/** What is typed for one line. */
export interface OfRow {
  number?: string
  valid?: string
}

export const blank = (act: Act, today: string): Sheet => ({ act, on: today, why: 'correction', until: '', basis: '', missing: '', due: '', valid: '', remaining: '', percent: '' })

/** The first thing that is still to be typed before anything can be judged. */
export function missingOf(sheet: Sheet): 'on' | 'basis' | 'missing' | 'due' | 'valid_until' | 'remaining' | null {
  if (!sheet.on) return 'on'
  if (['pause', 'return', 'refuse', 'lapse'].includes(sheet.act) && !sheet.basis.trim()) return 'basis'
  if (sheet.act === 'commit' && !sheet.missing.trim()) return 'missing'
  if (sheet.act === 'commit' && !sheet.due) return 'due'
  if (sheet.act === 'extend' && !sheet.valid) return 'valid_until'
  if (sheet.act === 'progress' && !sheet.remaining && !sheet.percent) return 'remaining'
  return null
}

/** A number is sent as it stands when it is none, so that the server says what is wrong with it. */
const whole = (text: string): number | null => (text.trim() === '' || !/^\d+$/.test(text.trim()) ? null : Number(text.trim()))

export function editOf(item: WorkItem, sheet: Sheet, row: OfRow = {}): Edit {
  const at = { project: item.project, seq: item.seq }
  if (item.formality === null) {
    const id = item.activity
    const patch = {
      start: { id, started: sheet.on },
      progress: { id, seen: sheet.on, ...(sheet.remaining ? { remaining: whole(sheet.remaining) } : {}), ...(sheet.percent ? { percent: whole(sheet.percent) } : {}) },
      finish: { id, finished: sheet.on, ...(item.begun || item.state === 'running' ? {} : { started: sheet.on }) },
    }[sheet.act as 'start' | 'progress' | 'finish']
    return { ...at, said: { progress: patch } }
  }
  const said = { kind: item.formality, on: sheet.on, basis: sheet.basis.trim() }
  const number = row.number?.trim() || null
  const until = row.valid || sheet.valid || null
  const fact = (): Record<string, unknown> => {
    if (sheet.act === 'pause') return { ...said, act: 'pause', why: sheet.why, until: sheet.until || null }
    if (sheet.act === 'grant') return { ...said, act: 'grant', number, valid_until: until }
    if (sheet.act === 'commit') return { ...said, act: 'grant', number, valid_until: until, promise: { due: sheet.due, missing: sheet.missing.trim() } }
    if (sheet.act === 'extend') return { ...said, act: 'extend', valid_until: until }
    return { ...said, act: sheet.act }
  }
  return { ...at, said: { fact: fact() } }
}

/** The number `by` places after this one: the last figures count on, with as many places. */
export function numberAfter(first: string, by: number): string {
  const found = /^(.*?)(\d+)(\D*)$/.exec(first.trim())
  if (!found) return first.trim()
  const [, head = '', figures = '', tail = ''] = found
  return head + String(Number(figures) + by).padStart(figures.length, '0') + tail
}

/** A stretch of a clock's bar, in days from the acceptance. */
export interface Stretch {
  from: number
  to: number
  kind: 'ran' | 'paused' | 'over'
}

export interface ClockBar {
  /** Days from the acceptance to today. */
  now: number
  /** Days from the acceptance to the limit. */
  limit: number | null
  promised: number | null
  stretches: Stretch[]
}

/** A clock on one scale of days: ran, stood still, ran over; `null` without a day of acceptance. */
export function clockBar(item: WorkItem, today: string): ClockBar | null {
  if (!item.begun || item.formality === null) return null
  const begun = item.begun
  const place = (day: string) => Math.max(0, daysBetween(begun, day))
  const now = place(today)
  const limit = item.limit_day ? place(item.limit_day) : null
  const cut = (from: number, to: number): Stretch[] => {
    if (limit === null || to <= limit || item.overdue === 0) return [{ from, to, kind: 'ran' }]
    const ran: Stretch[] = from < limit ? [{ from, to: limit, kind: 'ran' }] : []
    return [...ran, { from: Math.max(from, limit), to, kind: 'over' }]
  }
  const stretches: Stretch[] = []
  let at = 0
  for (const pause of item.pauses) {
    const from = Math.min(now, place(addDays(pause.from, -1)))
    const to = Math.min(now, place(pause.until))
    if (from > at) stretches.push(...cut(at, from))
    if (to > from) stretches.push({ from, to, kind: 'paused' })
    at = Math.max(at, to)
  }
  if (now > at) stretches.push(...cut(at, now))
  return { now, limit, promised: item.promised ? place(item.promised) : null, stretches }
}
