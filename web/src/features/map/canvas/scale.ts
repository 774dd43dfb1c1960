/** Time across: how many pixels a day takes, and the head above it. */
import { type Lang } from '../../../shared/words'
import { civilOf, type Day, firstOf, weekdayOf } from './day'

export type Zoom = 'day' | 'week' | 'month' | 'quarter' | 'year'
export const ZOOMS: readonly Zoom[] = ['day', 'week', 'month', 'quarter', 'year']

/** Pixels a day at each named zoom. */
export const PIXELS: Record<Zoom, number> = { day: 28, week: 9, month: 3, quarter: 1.25, year: 0.45 }
export const LEAST = 0.12
export const MOST = 48

/** `x = (day − origin) × pixels`. */
export interface Scale {
  origin: Day
  pixels: number
}

export const xOf = (scale: Scale, day: Day): number => (day - scale.origin) * scale.pixels
export const dayAt = (scale: Scale, x: number): Day => Math.floor(x / scale.pixels + scale.origin)

/** The named zoom that a number of pixels is nearest to, by its head. */
export function zoomOf(pixels: number): Zoom {
  if (pixels >= 17) return 'day'
  if (pixels >= 5.5) return 'week'
  if (pixels >= 1.65) return 'month'
  if (pixels >= 0.62) return 'quarter'
  return 'year'
}

export const bounded = (pixels: number): number => Math.min(MOST, Math.max(LEAST, pixels))

/** All days of a span in a width. */
export const fitting = (from: Day, until: Day, width: number): number => bounded(width / Math.max(1, until - from + 1))

export interface Tick {
  day: Day
  /** One past its last day. */
  end: Day
  label: string
}

export interface Head {
  major: Tick[]
  minor: Tick[]
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const QUARTERS = '一二三四'

/** The two lines of the head between two days. */
export function headOf(zoom: Zoom, from: Day, until: Day, lang: Lang, pixels = PIXELS[zoom]): Head {
  const zh = lang === 'zh'
  switch (zoom) {
    case 'day':
      return { major: months(from, until, 1, (y, m) => (zh ? `${y} 年 ${m} 月` : `${MONTHS[m - 1] ?? ''} ${y}`)), minor: days(from, until) }
    case 'week':
      return { major: months(from, until, 1, (y, m) => (zh ? `${y} 年 ${m} 月` : `${MONTHS[m - 1] ?? ''} ${y}`)), minor: weeks(from, until) }
    case 'month': {
      const narrow = pixels * 30 < (zh ? 30 : 26)
      return { major: years(from, until, zh), minor: months(from, until, 1, (_, m) => (zh ? (narrow ? `${m}` : `${m}月`) : narrow ? `${m}` : (MONTHS[m - 1] ?? ''))) }
    }
    case 'quarter':
      return { major: years(from, until, zh), minor: months(from, until, 3, (_, m) => quarter(m, zh)) }
    case 'year':
      return { major: years(from, until, zh), minor: pixels * 182 < 34 ? [] : months(from, until, 6, (_, m) => (zh ? (m === 1 ? '上' : '下') : m === 1 ? 'H1' : 'H2')) }
  }
}

const quarter = (month: number, zh: boolean) => {
  const index = (month - 1) / 3
  return zh ? `${QUARTERS[index] ?? ''}季度` : `Q${index + 1}`
}

/** Blocks of `step` months that begin in January. */
function months(from: Day, until: Day, step: number, label: (year: number, month: number) => string): Tick[] {
  const ticks: Tick[] = []
  const start = civilOf(from)
  let index = start.year * 12 + Math.floor((start.month - 1) / step) * step
  for (;;) {
    const [year, month] = [Math.floor(index / 12), (index % 12) + 1]
    const day = firstOf(year, month)
    if (day > until) return ticks
    index += step
    ticks.push({ day, end: firstOf(Math.floor(index / 12), (index % 12) + 1), label: label(year, month) })
  }
}

const years = (from: Day, until: Day, zh: boolean): Tick[] => months(from, until, 12, (y) => (zh ? `${y} 年` : `${y}`))

function days(from: Day, until: Day): Tick[] {
  const ticks: Tick[] = []
  for (let day = from; day <= until; day++) ticks.push({ day, end: day + 1, label: `${civilOf(day).day}` })
  return ticks
}

/** Weeks begin on Monday and are named by it. */
function weeks(from: Day, until: Day): Tick[] {
  const ticks: Tick[] = []
  for (let day = from - ((weekdayOf(from) + 6) % 7); day <= until; day += 7) ticks.push({ day, end: day + 7, label: `${civilOf(day).day}` })
  return ticks
}
