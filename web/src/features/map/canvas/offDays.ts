/** Days without work, and steps by working days. */
import { type Day, type Span, weekdayOf } from './day'

/** The first span that ends on `day` or later. */
export function spanFrom(spans: readonly Span[], day: Day): number {
  let low = 0
  let high = spans.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((spans[middle]?.until ?? 0) < day) low = middle + 1
    else high = middle
  }
  return low
}

/** Sorted, and touching spans made one. */
export function merged(spans: readonly Span[]): Span[] {
  const sorted = spans.filter((s) => s.until >= s.from).sort((a, b) => a.from - b.from)
  const result: Span[] = []
  for (const span of sorted) {
    const last = result.at(-1)
    if (last && span.from <= last.until + 1) last.until = Math.max(last.until, span.until)
    else result.push({ ...span })
  }
  return result
}

/** Beyond the days that the calendar was told for, weekends are off. */
export function isOff(spans: readonly Span[], day: Day): boolean {
  const first = spans[0]
  const last = spans.at(-1)
  if (!first || !last || day < first.from || day > last.until) return weekdayOf(day) % 6 === 0
  return (spans[spanFrom(spans, day)]?.from ?? Infinity) <= day
}

const FAR = 3660

/** The working day `steps` after `day` (before it when negative); 0 gives the next working day on or after it. */
export function workingDay(spans: readonly Span[], day: Day, steps: number): Day {
  const by = steps < 0 ? -1 : 1
  let at = day
  let left = Math.abs(steps)
  for (let guard = 0; guard < FAR && isOff(spans, at); guard++) at += by
  if (at !== day && left > 0 && by < 0) left -= 1
  while (left > 0) {
    at += by
    for (let guard = 0; guard < FAR && isOff(spans, at); guard++) at += by
    left -= 1
  }
  return at
}

/** Working days from one day to another, both included. */
export function workingDays(spans: readonly Span[], from: Day, until: Day): number {
  let count = 0
  for (let day = from; day <= until; day++) if (!isOff(spans, day)) count += 1
  return count
}

/** The last day of work of something that takes `days` working days from `start`. */
export const lastDay = (spans: readonly Span[], start: Day, days: number): Day => workingDay(spans, workingDay(spans, start, 0), Math.max(0, days - 1))
