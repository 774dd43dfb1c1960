// Says a value as people read it: what the program understood, or what it has on record.
import type { Words } from './words'

export type Named = { zh: string; en: string }
export type Lang = 'zh' | 'en'

/** Names of keys that a value may hold: towns, stages, industries… */
export type Register = {
  label: (field: string) => string
  named: (field: string, key: string) => string | null
}

const MONEY = new Set(['total_investment', 'annual_plan', 'ytd_done', 'prior_done'])
const AREA = new Set(['land_total', 'land_new', 'land_supplied'])
const FEN_PER_WAN = 1_000_000
const FEN_PER_YI = 10_000_000_000
const M2_PER_MU = 2000 / 3

export const isMoney = (field: string | null) => field !== null && MONEY.has(field)
export const isArea = (field: string | null) => field !== null && AREA.has(field)

function grouped(value: number, most: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: most })
}

/** 86,000 万元. */
export function wan(fen: number, w: Words): string {
  return `${grouped(fen / FEN_PER_WAN, 2)} ${w.currency.wan}`
}

/** 86,000 万元，即 8.60 亿元. */
export function bothUnits(fen: number, w: Words): string {
  if (Math.abs(fen) < FEN_PER_YI) return wan(fen, w)
  return wan(fen, w) + w.also(`${(fen / FEN_PER_YI).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 4 })} ${w.currency.yi}`)
}

/** A period's text form in words: `2026-03` → 2026年3月. */
export function periodWords(text: string, lang: Lang): string {
  const found = /^(\d{4})(?:-(?:(Q|H)(\d)|(\d{2})(?:x(\d)|-(\d{2}))?))?$/.exec(text)
  if (!found || lang === 'en') return text
  const [, year, sort, part, month, tens, day] = found
  if (sort === 'Q') return `${year}年第${'一二三四'[Number(part) - 1]}季度`
  if (sort === 'H') return `${year}年${part === '1' ? '上' : '下'}半年`
  if (!month) return `${year}年`
  const start = `${year}年${Number(month)}月`
  if (tens) return `${start}${'上中下'[Number(tens) - 1]}旬`
  return day ? `${start}${Number(day)}日` : start
}

/** Any value of a field, in words. `long` spells money out in both units. */
export function sayValue(field: string, value: unknown, register: Register, w: Words, lang: Lang, long = false): string {
  if (value === null || value === undefined || value === '') return w.none
  if (typeof value === 'number') {
    if (isMoney(field)) return long ? bothUnits(value, w) : wan(value, w)
    if (isArea(field)) return `${grouped(value / M2_PER_MU, 2)} ${w.mu}`
    return grouped(value, 4)
  }
  if (typeof value === 'string') return register.named(field, value) ?? periodWords(value, lang)
  if (typeof value === 'boolean') return value ? '√' : w.none
  if (Array.isArray(value)) return value.map((v) => sayValue(field, v, register, w, lang)).join('，')
  return Object.entries(value as Record<string, unknown>)
    .filter(([, v]) => v !== null && v !== '')
    .map(([, v]) => sayValue(field, v, register, w, lang))
    .join(' ')
}
