/** Money and area as text. Whole 分 and m² in, digits out, without floating point on the way. */
import type { Lang } from '../words'

export const FEN_PER_YUAN = 100
export const FEN_PER_WAN = 1_000_000
export const FEN_PER_MILLION = 100_000_000
export const FEN_PER_YI = 10_000_000_000
export const FEN_PER_BILLION = 100_000_000_000

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',')
}

/** `amount / unit` with `places` decimals, rounded half away from zero: exact, for any whole numbers. */
export function scaled(amount: number, unit: number, places: number): string {
  const negative = amount < 0
  const value = BigInt(Math.abs(amount)) * 10n ** BigInt(places)
  const divisor = BigInt(unit)
  const rounded = (value * 2n + divisor) / (divisor * 2n)
  const digits = rounded.toString().padStart(places + 1, '0')
  const whole = grouped(digits.slice(0, digits.length - places))
  const text = places ? `${whole}.${digits.slice(-places)}` : whole
  return negative && rounded !== 0n ? `−${text}` : text
}

export interface Amount {
  digits: string
  unit: string
}

/** The figure with the unit in which an office would say it. */
export function amount(fen: number, lang: Lang, currency = 'CNY'): Amount {
  const size = Math.abs(fen)
  if (lang === 'zh' && currency === 'CNY') {
    if (size >= FEN_PER_YI) return { digits: scaled(fen, FEN_PER_YI, size >= 100 * FEN_PER_YI ? 1 : 2), unit: '亿元' }
    if (size >= FEN_PER_WAN || fen === 0) return { digits: scaled(fen, FEN_PER_WAN, 0), unit: '万元' }
    return { digits: scaled(fen, FEN_PER_YUAN, 2), unit: '元' }
  }
  const [billion, million] = lang === 'zh' ? ['十亿', '百万'] : ['bn', 'm']
  if (size >= FEN_PER_BILLION) return { digits: scaled(fen, FEN_PER_BILLION, size >= 100 * FEN_PER_BILLION ? 1 : 2), unit: `${billion} ${currency}` }
  if (size >= FEN_PER_MILLION || fen === 0) return { digits: scaled(fen, FEN_PER_MILLION, fen === 0 || size >= 100 * FEN_PER_MILLION ? 0 : 1), unit: `${million} ${currency}` }
  return { digits: scaled(fen, FEN_PER_YUAN, 0), unit: currency }
}

export const amountText = (fen: number, lang: Lang, currency?: string): string => {
  const { digits, unit } = amount(fen, lang, currency)
  return `${digits} ${unit}`
}

/** A share in per cent with its decimals; `null` without a denominator. */
export const percent = (part: number, whole: number, places = 1): string | null => (whole > 0 ? scaled(part * 100, whole, places) : null)

export const count = (n: number): string => grouped(String(n))
