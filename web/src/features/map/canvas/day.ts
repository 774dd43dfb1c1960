/** Days as whole numbers since 1970, so that a drawing of ten thousand rows reckons without making dates. */

export type Day = number

/** First and last day, both included. */
export interface Span {
  from: Day
  until: Day
}

const DAY_MS = 86_400_000

export const dayOf = (iso: string): Day => Date.UTC(Number(iso.slice(0, 4)), Number(iso.slice(5, 7)) - 1, Number(iso.slice(8, 10))) / DAY_MS

export const dayOrNull = (iso: string | null | undefined): Day | null => (iso ? dayOf(iso) : null)

export const isoOf = (day: Day): string => new Date(day * DAY_MS).toISOString().slice(0, 10)

export const firstOf = (year: number, month: number): Day => Date.UTC(year, month - 1, 1) / DAY_MS

export interface Civil {
  year: number
  month: number
  day: number
}

export function civilOf(day: Day): Civil {
  const date = new Date(day * DAY_MS)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

/** 0 is Sunday. 1970-01-01 was a Thursday. */
export const weekdayOf = (day: Day): number => (((day + 4) % 7) + 7) % 7
