/** Days and periods as text. Dense places show M-D within the year and YY-MM beyond; sentences spell it out. */
import type { Lang } from '../words'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const DAYS_ZH = '日一二三四五六'
const DAYS_EN = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

const monthName = (month: number, lang: Lang) => (lang === 'zh' ? `${month}月` : (MONTHS[month - 1] ?? ''))

/** `05-18`, or `27-05` in another year than today's. */
export function shortDay(day: string | null | undefined, today: string): string {
  if (!day) return ''
  return day.slice(0, 4) === today.slice(0, 4) ? day.slice(5) : day.slice(2, 7)
}

/** `5月18日`, `18 May`; with the year when it is another than today's. */
export function longDay(day: string, lang: Lang, today?: string): string {
  const [y = '', m = '', d = ''] = day.split('-')
  const near = today?.slice(0, 4) === y
  if (lang === 'zh') return `${near ? '' : `${y}年`}${Number(m)}月${Number(d)}日`
  return `${Number(d)} ${monthName(Number(m), lang)}${near ? '' : ` ${y}`}`
}

export function weekday(day: string, lang: Lang): string {
  const index = new Date(`${day}T00:00:00Z`).getUTCDay()
  return lang === 'zh' ? `周${DAYS_ZH[index] ?? ''}` : (DAYS_EN[index] ?? '')
}

const PERIOD = /^(\d{4})(?:-(\d\d)x([123])|-Q([1-4])|-H([12])|-(\d\d)-(\d\d)|-(\d\d))?$/

/** A period in words: `3月`, `2027年上半年`, `Q2 2027`. `today` leaves its own year out. */
export function longPeriod(period: string, lang: Lang, today?: string): string {
  const found = PERIOD.exec(period)
  if (!found) return period
  const [, year = '', tenMonth, ten, quarter, half, dayMonth, day, month] = found
  const near = today?.slice(0, 4) === year
  if (dayMonth && day) return longDay(period, lang, today)
  if (lang === 'zh') {
    const y = near ? '' : `${year}年`
    if (ten) return `${y}${Number(tenMonth)}月${'上中下'[Number(ten) - 1] ?? ''}旬`
    if (quarter) return `${y}${'一二三四'[Number(quarter) - 1] ?? ''}季度`
    if (half) return `${y}${half === '1' ? '上' : '下'}半年`
    if (month) return `${y}${Number(month)}月`
    return `${year}年`
  }
  const y = near ? '' : ` ${year}`
  if (ten) return `${['early', 'mid', 'late'][Number(ten) - 1] ?? ''} ${monthName(Number(tenMonth), lang)}${y}`
  if (quarter) return `Q${quarter}${y}`
  if (half) return `H${half}${y}`
  if (month) return `${monthName(Number(month), lang)}${y}`
  return year
}

/** A period in a dense place. */
export function shortPeriod(period: string | null | undefined, lang: Lang, today: string): string {
  if (!period) return ''
  const near = period.slice(0, 4) === today.slice(0, 4)
  if (/^\d{4}-\d\d-\d\d$/.test(period)) return shortDay(period, today)
  if (/^\d{4}-\d\d$/.test(period)) return near ? monthName(Number(period.slice(5)), lang) : period.slice(2)
  return longPeriod(period, lang, today)
}

const epochDay = (day: string) => Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10))) / 86_400_000

export const daysBetween = (from: string, to: string): number => epochDay(to) - epochDay(from)

export const addDays = (day: string, days: number): string => new Date((epochDay(day) + days) * 86_400_000).toISOString().slice(0, 10)

export const lastOfMonth = (year: number, month: number): string => new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)

/** How much of the year has passed at the end of `today`: 0 before it, 1 after it. */
export function yearPassed(year: number, today: string): number {
  const length = daysBetween(`${year}-01-01`, `${year + 1}-01-01`)
  return Math.min(1, Math.max(0, (daysBetween(`${year}-01-01`, today) + 1) / length))
}
