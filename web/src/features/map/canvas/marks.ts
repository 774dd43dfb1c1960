/** How each thing is marked, on screen and on paper alike. */
import type { Ink } from './ink'
import type { MapMilestone, MapRow } from './model'
import type { Pen } from './pen'
import { type Scale, xOf } from './scale'

/** Heights within a row, from its middle. */
export const BAR = 10
export const HALF = BAR / 2
const GHOST = 7
const THEIRS = 11
const BRACKET = 9
export const DIAMOND = 6

export interface Extent {
  left: number
  right: number
}

export const barOf = (scale: Scale, row: MapRow): Extent => {
  if (row.event) {
    const x = eventX(scale, row.finish)
    return { left: x, right: x }
  }
  const left = xOf(scale, row.start)
  return { left, right: Math.max(left + 2, xOf(scale, row.finish + 1)) }
}

/** An event stands in the middle of its day. */
export const eventX = (scale: Scale, day: number): number => xOf(scale, day + 0.5)

/** Left and right edge of everything marked in a row, for labels to keep clear of. */
export function extentOf(scale: Scale, row: MapRow, milestone: MapMilestone | undefined, tail: boolean): Extent {
  const bar = barOf(scale, row)
  let { left, right } = row.event ? { left: bar.left - DIAMOND, right: bar.right + DIAMOND } : bar
  const see = (day: number | null | undefined) => {
    if (day === null || day === undefined) return
    left = Math.min(left, xOf(scale, day) - DIAMOND)
    right = Math.max(right, xOf(scale, day) + DIAMOND)
  }
  if (row.limit && !row.event) right = Math.max(right, xOf(scale, row.limit.until + 1))
  if (tail && !row.event && row.totalFloat > 0 && row.state !== 'done') right = Math.max(right, xOf(scale, row.lateFinish + 1))
  if (milestone) see(milestone.due)
  if (milestone?.done === null) for (const day of [milestone.odds?.p10, milestone.odds?.p90]) see(day)
  return { left, right }
}

/** The baseline's dates, thin below the bar. */
export function ghost(pen: Pen, ink: Ink, scale: Scale, row: MapRow, y: number): void {
  if (!row.baseline) return
  if (row.event) return pen.diamond(eventX(scale, row.baseline.until), y, DIAMOND - 1, ink.sheet, { color: ink['bar-base'], width: 1.4 })
  const left = xOf(scale, row.baseline.from)
  pen.rect(left, y + GHOST, Math.max(2, xOf(scale, row.baseline.until + 1) - left), 2.5, ink['bar-base'])
}

/** The contractor's dates: a hair with ends, under the baseline. */
export function contractor(pen: Pen, ink: Ink, scale: Scale, row: MapRow, y: number): void {
  if (!row.contractor) return
  const left = row.event ? eventX(scale, row.contractor.until) : xOf(scale, row.contractor.from)
  const right = row.event ? left : Math.max(left + 2, xOf(scale, row.contractor.until + 1))
  if (right > left) pen.line([left, y + THEIRS, right, y + THEIRS], { color: ink['ink-2'] })
  for (const x of [left, right]) pen.line([x, y + THEIRS - 2.5, x, y + THEIRS + 1.5], { color: ink['ink-2'], width: 1.5 })
}

/** The days by which it may be later without delaying the end. */
export function tail(pen: Pen, ink: Ink, scale: Scale, row: MapRow, y: number): void {
  if (row.totalFloat <= 0 || row.state === 'done') return
  const { right } = barOf(scale, row)
  const end = xOf(scale, row.lateFinish + 1)
  if (end - right < 3) return
  pen.line([right, y, end, y], { color: ink['grey-light'] })
  pen.line([end, y - 2.5, end, y + 2.5], { color: ink['grey-light'] })
}

/** The statutory limit, from acceptance to the last day on which a decision is in time. */
export function bracket(pen: Pen, ink: Ink, scale: Scale, row: MapRow, y: number): void {
  if (!row.limit) return
  const left = xOf(scale, row.limit.from)
  const right = Math.max(left + 4, xOf(scale, row.limit.until + 1))
  const top = y - BRACKET
  pen.line([left, top + 4, left, top, right, top, right, top + 4], { color: row.limit.overdue > 0 ? ink.red : ink['ink-2'] })
}

/** Done, left and paused parts of a bar. */
export function bar(pen: Pen, ink: Ink, scale: Scale, row: MapRow, y: number, today: number, driving: boolean): void {
  const { left, right } = barOf(scale, row)
  const top = y - HALF
  const done = doneUntil(scale, row, left, right, today)
  pen.rect(left, top, right - left, BAR, driving ? ink['bar-drive'] : ink['bar-left'])
  if (done > left) pen.rect(left, top, done - left, BAR, ink['bar-done'])
  for (const pause of row.pauses) {
    const from = Math.max(left, xOf(scale, pause.from))
    const until = Math.min(right, xOf(scale, pause.until + 1))
    if (until > from) pen.hatch(from, top, until - from, BAR, driving ? ink['bar-drive'] : ink['bar-done'], ink.sheet)
  }
  // What is done of the driving path stays in the colour of done, with the path's line under it.
  if (driving && done > left) pen.rect(left, y + HALF, Math.min(done, right) - left, 2, ink['bar-drive'])
  if (row.state === 'returned' || row.state === 'reopened') pen.box(left, top, right - left, BAR, { color: ink.amber, width: 1.5 })
}

/** Up to where a bar is done: its reported part, else what has passed of it. */
export function doneUntil(scale: Scale, row: MapRow, left: number, right: number, today: number): number {
  if (row.state === 'done') return right
  if (row.actualStart === null) return left
  if (row.percent > 0) return left + ((right - left) * Math.min(100, row.percent)) / 100
  return Math.min(right, Math.max(left, xOf(scale, today)))
}

/** Hollow plan; filled actual, forecast in the second blue, late in red. P10 to P90 thin, P50 to P80 thick, on the same axis. */
export function milestone(pen: Pen, ink: Ink, scale: Scale, row: MapRow, m: MapMilestone | undefined, y: number, driving: boolean): void {
  const at = eventX(scale, row.finish)
  const due = m?.due ?? null
  if (m?.odds && m.done === null) odds(pen, ink, scale, m.odds, y)
  if (due !== null && Math.abs(eventX(scale, due) - at) > 1) pen.diamond(eventX(scale, due), y, DIAMOND, ink.sheet, { color: ink['ink-3'], width: 1.2 })
  pen.diamond(at, y, DIAMOND + 0.5, diamondColor(ink, row, m, driving))
}

function diamondColor(ink: Ink, row: MapRow, m: MapMilestone | undefined, driving: boolean): string {
  if (row.state === 'done') return ink['bar-done']
  return driving || m?.light === 'red' ? ink.red : ink['blue-2']
}

export function odds(pen: Pen, ink: Ink, scale: Scale, o: NonNullable<MapMilestone['odds']> | NonNullable<MapRow['odds']>, y: number): void {
  const [p10, p50, p80, p90] = [o.p10, o.p50, o.p80, o.p90].map((d) => eventX(scale, d)) as [number, number, number, number]
  pen.line([p10, y, p90, y], { color: ink['ink-2'] })
  for (const x of [p10, p90]) pen.line([x, y - 3, x, y + 3], { color: ink['ink-2'] })
  pen.rect(p50, y - 2.5, Math.max(2, p80 - p50), 5, ink['ink-2'])
}

/** A group's own bar: from its first to its last day. */
export function groupBar(pen: Pen, ink: Ink, scale: Scale, span: { from: number; until: number }, y: number): void {
  const left = xOf(scale, span.from)
  const right = Math.max(left + 3, xOf(scale, span.until + 1))
  pen.rect(left, y - 1.5, right - left, 3, ink['ink-2'])
  for (const x of [left, right]) pen.line([x, y - 1.5, x, y + 5], { color: ink['ink-2'], width: 1.5 })
}
