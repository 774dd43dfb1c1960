/**
 * In which units this office counts: money as its pack says, land as its country does.
 *
 * Columns, boxes and sums take their unit and its word from here, and read what is typed or pasted by the same rule:
 * a bare number is in the unit that the head shows. The server judges every value again.
 */
import type { Lang } from '../words'
import { amountText } from './money'

export type Reading<T, C extends string = string> = { ok: true; value: T | null } | { ok: false; code: C; found: string }
type Amount = Reading<number, 'not_a_number'>
type Maybe = number | null | undefined

/** What of the pack decides the units. */
export interface UnitPack {
  currency: string
  default_unit: string
  units: readonly { key: string; zh: string; en: string; fen: number; currency?: string | null }[]
}

export interface Units {
  currency: string
  /** 万元, USD thousands: what stands in heads. */
  moneyWord: string
  /** How many 分 one of it is. */
  moneyFen: number
  landWord: string
  /** What may be typed into a box of money. */
  moneyHint: string
  /** With separators, rounded to `places`; empty for nothing. */
  money: (fen: Maybe, places?: number) => string
  /** For an edit box: to the last 分, without separators. */
  moneyExact: (fen: Maybe) => string
  /** With its unit, exact to two decimals of it. */
  moneySaid: (fen: Maybe) => string
  /** Where room is short and the figure is not copied on: cards, sums. */
  moneyShort: (fen: Maybe) => string
  readMoney: (text: string) => Amount
  land: (m2: Maybe) => string
  landExact: (m2: Maybe) => string
  landSaid: (m2: Maybe) => string
  readLand: (text: string) => Amount
}

const M2_PER_HECTARE = 10_000

/** Full-width digits and signs as half-width, no spaces: how cells arrive from other programs. */
export function narrow(text: string): string {
  return text
    .replace(/[！-～]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[−–—]/g, '-')
    .replace(/[\s\u00a0\u3000]+/g, '')
}

/** Empty, a dash or 无: the office means "nothing here". */
export const isBlank = (text: string): boolean => /^(|-+|\/|无|暂无|n\/a|—+)$/i.test(narrow(text))

/** A decimal times `scale / per`, exactly, rounded half away from zero; `null` when it is no number. */
export function exactly(text: string, scale: number, per = 1): number | null {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text.replace(/,/g, ''))
  if (!match) return null
  const [, sign = '', whole = '', fraction = ''] = match
  if (whole === '' && fraction === '') return null
  const denominator = 10n ** BigInt(fraction.length) * BigInt(per)
  const numerator = BigInt(whole + fraction) * BigInt(scale)
  const rounded = (numerator * 2n + denominator) / (denominator * 2n)
  const value = Number(sign === '-' ? -rounded : rounded)
  return Number.isSafeInteger(value) ? value : null
}

type Ending = [RegExp, number]
const YUAN: Ending[] = [
  [/(亿元|亿|yi)$/i, 1e10],
  [/(万元|万|wan)$/i, 1e6],
]
const LARGE: Ending[] = [
  [/(十亿|billions?|bn|b)$/i, 1e11],
  [/(百万|millions?|mn|mm|m)$/i, 1e8],
  [/(千|thousands?|k)$/i, 1e5],
]

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Endings that name a unit, the longest first, so that `千美元` is not taken for `美元`. */
function endings(pack: UnitPack, currency: string): Ending[] {
  const own = pack.units
    .filter((u) => (u.currency ?? pack.currency) === currency)
    .flatMap((u) => [u.zh, u.en].map((word): [string, number] => [narrow(word), u.fen]))
    .sort((a, b) => b[0].length - a[0].length)
    .map(([word, fen]): Ending => [new RegExp(`${escaped(word)}$`, 'i'), fen])
  const plain: Ending = [new RegExp(`(元|yuan|${escaped(currency)})$`, 'i'), 100]
  return currency === 'CNY' ? [...own, ...YUAN, ...LARGE, plain] : [...own, ...LARGE, plain]
}

function readWith(text: string, found: Ending[], unit: number): Amount {
  if (isBlank(text)) return { ok: true, value: null }
  const plain = narrow(text).replace(/^(?:[A-Z]{2,3})?[¥$￥£€]|^[A-Z]{3}(?=[\d.])/i, '')
  const [pattern, scale] = found.find(([p]) => p.test(plain)) ?? [null, unit]
  const value = exactly(pattern ? plain.replace(pattern, '') : plain, scale)
  return value === null ? { ok: false, code: 'not_a_number', found: text } : { ok: true, value }
}

/** `amount × per ÷ scale` with at most `places` decimals and no trailing zeros. */
function written(amount: Maybe, scale: number, per: number, places: number, separated: boolean): string {
  if (amount === null || amount === undefined) return ''
  const divisor = BigInt(scale)
  const rounded = (BigInt(Math.abs(amount)) * BigInt(per) * 10n ** BigInt(places) * 2n + divisor) / (divisor * 2n)
  const digits = rounded.toString().padStart(places + 1, '0')
  const whole = digits.slice(0, digits.length - places)
  const fraction = places ? digits.slice(-places).replace(/0+$/, '') : ''
  const grouped = separated ? whole.replace(/\B(?=(\d{3})+$)/g, ',') : whole
  return `${amount < 0 && rounded !== 0n ? '-' : ''}${grouped}${fraction ? `.${fraction}` : ''}`
}

/** The office's unit; where that is the bare coin, a thousand of it: no list of projects counts in single dollars. */
function moneyUnit(pack: UnitPack) {
  const given = pack.units.find((u) => u.key === pack.default_unit)
  const currency = given?.currency ?? pack.currency
  if (given && given.fen > 100) return { ...given, currency }
  const larger = pack.units.filter((u) => (u.currency ?? pack.currency) === currency && u.fen > 100).sort((a, b) => a.fen - b.fen)[0]
  const unit = larger ?? given ?? { key: currency, zh: currency, en: currency, fen: 100 }
  return { ...unit, currency }
}

const YUAN_ONLY: UnitPack = { currency: 'CNY', default_unit: 'wan', units: [{ key: 'wan', zh: '万元', en: '10,000 yuan', fen: 1_000_000 }] }

/** Decimals that name the last 分 of a unit. */
const placesOf = (fen: number) => String(fen).length - 1

export function unitsOf(pack: UnitPack | undefined, lang: Lang): Units {
  const from = pack ?? YUAN_ONLY
  const unit = moneyUnit(from)
  const { currency } = unit
  const found = endings(from, currency)
  const moneyWord = unit[lang] || unit.zh
  const money = (fen: Maybe, places = 2) => written(fen, unit.fen, 1, places, true)
  // 105,000 × 10,000 yuan: two numbers side by side would read as one.
  const moneySaid = (fen: Maybe) => (money(fen) ? `${money(fen)} ${/^\d/.test(moneyWord) ? '× ' : ''}${moneyWord}` : '')
  const example = currency !== 'CNY' ? '3.2m' : '3.2亿'
  return {
    currency,
    moneyWord,
    moneyFen: unit.fen,
    moneyHint: lang === 'zh' ? `${moneyWord}，或 ${example}` : `${moneyWord}, or ${example}`,
    money,
    moneyExact: (fen) => written(fen, unit.fen, 1, placesOf(unit.fen), false),
    moneySaid,
    moneyShort: (fen) => (lang === 'zh' || fen === null || fen === undefined ? moneySaid(fen) : amountText(fen, lang, currency)),
    readMoney: (text) => readWith(text, found, unit.fen),
    ...landUnits(currency === 'CNY', lang),
  }
}

type Land = Pick<Units, 'landWord' | 'land' | 'landExact' | 'landSaid' | 'readLand'>

/** 亩 (10,000/15 m²) where land is told in 亩, else hectares. A cell may say 公顷 or 平方米 itself. */
function landUnits(inMu: boolean, lang: Lang): Land {
  const [zh, en, per] = inMu ? ['亩', 'mu', 15] : ['公顷', 'ha', 1]
  const landWord = lang === 'zh' ? zh : en
  const land = (m2: Maybe) => written(m2, M2_PER_HECTARE, per, 2, true)
  const read = (text: string): number | null => {
    const plain = narrow(text).toLowerCase()
    const [, number = '', unit = ''] = /^([+-]?[\d.,]*)(.*)$/.exec(plain) ?? []
    if (/^(公顷|ha|hectares?)$/.test(unit)) return exactly(number, M2_PER_HECTARE)
    if (/^(平方米|平米|㎡|m2|m²|sqm)$/.test(unit)) return exactly(number, 1)
    if (/^(平方公里|km2|km²)$/.test(unit)) return exactly(number, 1_000_000)
    if (/^(亩|mu)$/.test(unit)) return exactly(number, M2_PER_HECTARE, 15)
    return unit === '' ? exactly(number, M2_PER_HECTARE, per) : null
  }
  return {
    landWord,
    land,
    landExact: (m2) => written(m2, M2_PER_HECTARE, per, 4, false),
    landSaid: (m2) => (land(m2) ? `${land(m2)} ${landWord}` : ''),
    readLand: (text) => {
      if (isBlank(text)) return { ok: true, value: null }
      const value = read(text)
      return value === null ? { ok: false, code: 'not_a_number', found: text } : { ok: true, value }
    },
  }
}
