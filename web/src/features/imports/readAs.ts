// Says a value as people read it: what the program understood, or what it has on record.
import { amountText, FEN_PER_WAN, FEN_PER_YI, longPeriod, mu, scaled } from '../../shared/ui'
import type { Lang } from '../../shared/words'
import type { Words } from './words'

export type { Lang }

/** Names of fields and of the keys that their values may hold: towns, stages, industries… */
export type Register = {
  label: (field: string) => string
  named: (field: string, key: string) => string | null
}

const MONEY = new Set(['total_investment', 'annual_plan', 'ytd_done', 'prior_done'])
const AREA = new Set(['land_total', 'land_new', 'land_supplied'])

export const isMoney = (field: string | null) => field !== null && MONEY.has(field)
export const isArea = (field: string | null) => field !== null && AREA.has(field)

const WAN = ' 万元'

/** 86,000 万元; in English in millions. */
const inWan = (fen: number, lang: Lang): string => (lang === 'en' ? amountText(fen, lang) : scaled(fen, FEN_PER_WAN, fen % FEN_PER_WAN === 0 ? 0 : 2) + WAN)

/** 86,000 万元，即 8.60 亿元. */
export function inBoth(fen: number, lang: Lang): string {
  if (lang === 'en' || Math.abs(fen) < FEN_PER_YI) return inWan(fen, lang)
  return `${inWan(fen, lang)}，即 ${scaled(fen, FEN_PER_YI, 2)} 亿元`
}

/** Under a head that says the unit, the figure alone. */
export const withoutUnit = (said: string, unit: string | null | undefined): string => (unit === WAN.trim() && said.endsWith(WAN) ? said.slice(0, -WAN.length) : said)

const inMu = (m2: number, w: Words): string => `${mu(m2, (m2 * 15) % 10_000 === 0 ? 0 : 2)} ${w.mu}`

/** Any value of a field, in words. `long` spells money out in both units. */
export function sayValue(field: string, value: unknown, register: Register, w: Words, lang: Lang, long = false): string {
  if (value === null || value === undefined || value === '') return w.none
  if (typeof value === 'number') {
    if (isMoney(field)) return long ? inBoth(value, lang) : inWan(value, lang)
    return isArea(field) ? inMu(value, w) : value.toLocaleString('en-US')
  }
  if (typeof value === 'string') return register.named(field, value) ?? longPeriod(value, lang)
  if (typeof value === 'boolean') return value ? '√' : w.none
  const parts = Array.isArray(value) ? value : Object.values(value).filter((v) => v !== null && v !== '')
  return parts.map((part) => sayValue(field, part, register, w, lang)).join(Array.isArray(value) ? w.comma : ' ')
}
