// Says a value as people read it: what the program understood, or what it has on record.
import { amountText, FEN_PER_YI, longPeriod, type Units } from '../../shared/ui'
import type { Lang } from '../../shared/words'
import type { Words } from './words'

export type { Lang }

/** Names of fields and of the keys that their values may hold: towns, stages, industries… */
export type Register = {
  label: (field: string) => string
  named: (field: string, key: string) => string | null
  units: Units
}

const MONEY = new Set(['total_investment', 'annual_plan', 'ytd_done', 'prior_done'])
const AREA = new Set(['land_total', 'land_new', 'land_supplied'])

export const isMoney = (field: string | null) => field !== null && MONEY.has(field)
export const isArea = (field: string | null) => field !== null && AREA.has(field)

/** 86,000 万元，即 8.60 亿元: the office's unit, and the one in which the sum would be said. */
export function inBoth(fen: number, units: Units, lang: Lang): string {
  const said = units.moneySaid(fen)
  if (Math.abs(fen) < FEN_PER_YI) return said
  const large = amountText(fen, lang, units.currency)
  return lang === 'zh' ? `${said}，即 ${large}` : `${said}, that is ${large}`
}

/** Under a head that says the unit, the figure alone. */
export const withoutUnit = (said: string, unit: string | null | undefined): string => (unit && said.endsWith(` ${unit}`) ? said.slice(0, -unit.length - 1) : said)

/** Any value of a field, in words. `long` spells money out in both units. */
export function sayValue(field: string, value: unknown, register: Register, w: Words, lang: Lang, long = false): string {
  if (value === null || value === undefined || value === '') return w.none
  if (typeof value === 'number') {
    if (isMoney(field)) return long ? inBoth(value, register.units, lang) : register.units.moneySaid(value)
    return isArea(field) ? register.units.landSaid(value) : value.toLocaleString('en-US')
  }
  if (typeof value === 'string') return register.named(field, value) ?? longPeriod(value, lang)
  if (typeof value === 'boolean') return value ? '√' : w.none
  const parts = Array.isArray(value) ? value : Object.values(value).filter((v) => v !== null && v !== '')
  return parts.map((part) => sayValue(field, part, register, w, lang)).join(Array.isArray(value) ? w.comma : ' ')
}
