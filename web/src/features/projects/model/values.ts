/**
 * What people type into a cell, read into what the API takes, and back.
 *
 * Small on purpose: it saves a round trip for the usual forms. The server judges every value again.
 */

import { isBlank, narrow, type Reading as ReadingOf } from '../../../shared/ui'

export { isBlank, narrow } from '../../../shared/ui'

export type ReadProblem = 'not_a_number' | 'not_a_day' | 'not_a_period' | 'not_a_choice' | 'not_editable' | 'not_empty' | 'too_precise' | 'outside'
export type Reading<T> = ReadingOf<T, ReadProblem>

const good = <T>(value: T | null): Reading<T> => ({ ok: true, value })
const bad = <T>(code: ReadProblem, found: string): Reading<T> => ({ ok: false, code, found })

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const two = (n: number) => String(n).padStart(2, '0')

export function daysInMonth(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return month === 2 && !leap ? 28 : (DAYS[month - 1] ?? 0)
}

function dayText(year: number, month: number, day: number): string | null {
  const right = year >= 1900 && year < 3000 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
  return right ? `${year}-${two(month)}-${two(day)}` : null
}

function monthText(year: number, month: number): string | null {
  return year >= 1900 && year < 3000 && month >= 1 && month <= 12 ? `${year}-${two(month)}` : null
}

/** Excel's day number (1900 system), as a cell formatted as a number gives it. */
function serialDay(serial: number): string {
  return new Date(Date.UTC(1899, 11, 30) + serial * 86_400_000).toISOString().slice(0, 10)
}

const QUARTERS: Record<string, number> = { 一: 1, 二: 2, 三: 3, 四: 4, '1': 1, '2': 2, '3': 3, '4': 4 }

type Form = [RegExp, (groups: string[], year: number) => string | null]

const yearOf = (text: string | undefined, current: number): number => {
  if (!text) return current
  if (text === '今') return current
  if (text === '明') return current + 1
  if (text === '去') return current - 1
  const n = Number(text)
  return n < 100 ? 2000 + n : n
}

/** A year before a month: `2026年`, `26年`, `今年`, `2026-`, `2026.`. */
const YEAR = '(?:(\\d{4}|\\d{2}|今|明|去)(?:年|[-./]))?'

const FORMS: Form[] = [
  [/^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?$/, ([y, m, d]) => dayText(Number(y), Number(m), Number(d))],
  [/^(\d{2})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?$/, ([y, m, d]) => dayText(2000 + Number(y), Number(m), Number(d))],
  [/^(\d{4})(\d{2})(\d{2})$/, ([y, m, d]) => dayText(Number(y), Number(m), Number(d))],
  [/^(\d{1,2})月(\d{1,2})[日号]$/, ([m, d], now) => dayText(now, Number(m), Number(d))],
  [
    new RegExp(`^${YEAR}(\\d{1,2})月?([上中下])旬$`),
    ([y, m, part], now) => {
      const month = monthText(yearOf(y, now), Number(m))
      return month && `${month}x${'上中下'.indexOf(part ?? '') + 1}`
    },
  ],
  [/^(\d{4})-(\d{2})x([123])$/, ([y, m, part]) => monthText(Number(y), Number(m)) && `${y}-${m}x${part}`],
  [new RegExp(`^${YEAR}第?([一二三四1-4])季度末?$`), ([y, q], now) => `${yearOf(y, now)}-Q${QUARTERS[q ?? ''] ?? 0}`],
  [/^(\d{4})-?[Qq]([1-4])$/, ([y, q]) => `${y}-Q${q}`],
  [new RegExp(`^${YEAR}([上下])半年$`), ([y, h], now) => `${yearOf(y, now)}-H${h === '上' ? 1 : 2}`],
  [/^(\d{4})-?[Hh]([12])$/, ([y, h]) => `${y}-H${h}`],
  [/^(\d{4})[-./年](\d{1,2})月?[底末初]?$/, ([y, m]) => monthText(Number(y), Number(m))],
  [/^(\d{2}|今|明|去)年(\d{1,2})月[底末初]?$/, ([y, m], now) => monthText(yearOf(y, now), Number(m))],
  [/^(\d{1,2})月份?[底末初前]?$/, ([m], now) => monthText(now, Number(m))],
  [/^(\d{4}|今|明|去)年?[底末]$/, ([y], now) => monthText(yearOf(y, now), 12)],
  [/^年[底末]$/, (_, now) => monthText(now, 12)],
  [/^(\d{4})年?内?$/, ([y]) => (Number(y) >= 1900 && Number(y) < 3000 ? String(Number(y)) : null)],
  [/^([今明去])年内?$/, ([y], now) => String(yearOf(y, now))],
  [/^(\d{5})$/, ([n]) => (Number(n) > 30_000 && Number(n) < 80_000 ? serialDay(Number(n)) : null)],
]

/** A day, month, quarter, half or year in the model's text form; `year` is the one meant when none is written. */
export function readPeriod(text: string, year: number): Reading<string> {
  if (isBlank(text)) return good<string>(null)
  const plain = narrow(text).replace(/(以?前|左右|计划)$/, '')
  for (const [pattern, form] of FORMS) {
    const match = pattern.exec(plain)
    const value = match && form(match.slice(1), year)
    if (value) return good(value)
    if (match) break
  }
  return bad('not_a_period', text)
}

/** A single day: something that happened. A bare month is not enough. */
export function readDay(text: string, year: number): Reading<string> {
  const period = readPeriod(text, year)
  if (!period.ok) return bad('not_a_day', text)
  if (period.value === null || /^\d{4}-\d\d-\d\d$/.test(period.value)) return period
  return bad('too_precise', text)
}

/** The last day of a period's text form: the day a promise falls due. */
export function lastDay(period: string): string {
  const month = (year: number, m: number) => `${year}-${two(m)}-${two(daysInMonth(year, m))}`
  const year = Number(period.slice(0, 4))
  const part = /^\d{4}-(?:(\d\d)x([123])|Q([1-4])|H([12])|(\d\d))$/.exec(period)
  if (!part) return period.length === 4 ? `${period}-12-31` : period
  if (part[2]) return part[2] === '3' ? month(year, Number(part[1])) : `${year}-${part[1]}-${part[2]}0`
  if (part[3]) return month(year, Number(part[3]) * 3)
  if (part[4]) return month(year, Number(part[4]) * 6)
  return month(year, Number(part[5]))
}

export interface Choice {
  key: string
  names: string[]
}

/** A register's key by any of its names; `镇`, `街道` and `局` may be left off. */
export function readChoice(text: string, choices: readonly Choice[]): Reading<string> {
  if (isBlank(text)) return good<string>(null)
  const plain = comparable(text)
  const exact = choices.find((c) => comparable(c.key) === plain || c.names.some((n) => comparable(n) === plain))
  if (exact) return good(exact.key)
  const close = choices.filter((c) => c.names.some((n) => stem(n) === stem(text)))
  return close.length === 1 && close[0] ? good(close[0].key) : bad('not_a_choice', text)
}

const comparable = (text: string) => narrow(text).toLowerCase()
const stem = (text: string) => comparable(text).replace(/(街道办事处|街道|镇|乡|局)$/, '')

/** Whole days from `a` to `b`. */
export function daysBetween(a: string, b: string): number {
  return Math.round((Date.parse(`${b}T00:00:00Z`) - Date.parse(`${a}T00:00:00Z`)) / 86_400_000)
}

/** done ÷ plan in per cent, or `null` without a plan. */
export function share(done: number | null | undefined, plan: number | null | undefined): number | null {
  return plan && done !== null && done !== undefined ? (done / plan) * 100 : null
}
