import { describe, expect, test } from 'vitest'
import { amountText, FEN_PER_WAN, FEN_PER_YI, percent, scaled } from './money'

describe('scaled', () => {
  test.each([
    [0, FEN_PER_WAN, 0, '0'],
    [120_000 * FEN_PER_WAN, FEN_PER_WAN, 0, '120,000'],
    [499_999, FEN_PER_WAN, 0, '0'],
    [500_000, FEN_PER_WAN, 0, '1'],
    [-500_000, FEN_PER_WAN, 0, '−1'],
    [-499_999, FEN_PER_WAN, 0, '0'],
    // 1.005 in binary is a little less: floating point would say 1.00.
    [1_005_000, FEN_PER_WAN, 2, '1.01'],
    [Number.MAX_SAFE_INTEGER, 100, 2, '90,071,992,547,409.91'],
    [999_999_999_999, FEN_PER_YI, 2, '100.00'],
  ])('%d / %d to %d places is %s', (fen, unit, places, text) => expect(scaled(fen, unit, places)).toBe(text))

  test('rounds as integers do, for many amounts', () => {
    for (let fen = -2_000_003; fen < 2_000_003; fen += 7_919) {
      const exact = (BigInt(Math.abs(fen)) * 2n + 1_000_000n) / 2_000_000n
      expect(scaled(fen, FEN_PER_WAN, 0)).toBe(`${fen < 0 && exact > 0n ? '−' : ''}${exact}`)
    }
  })
})

test('an amount is said in the unit an office would use', () => {
  expect(amountText(3_200_000_000, 'zh')).toBe('3,200 万元')
  expect(amountText(32_000_000_000, 'zh')).toBe('3.20 亿元')
  expect(amountText(288_010_000_000_000, 'zh')).toBe('28,801.0 亿元')
  expect(amountText(12_345, 'zh')).toBe('123.45 元')
  expect(amountText(32_000_000_000, 'en')).toBe('320 m CNY')
  expect(amountText(250_000_000_000, 'en', 'USD')).toBe('2.50 bn USD')
  expect(amountText(250_000_000_000, 'zh', 'USD')).toBe('2.50 十亿 USD')
  expect(amountText(0, 'en', 'GBP')).toBe('0 m GBP')
})

test('a share has its denominator or is not said', () => {
  expect(percent(87, 250)).toBe('34.8')
  expect(percent(1, 0)).toBeNull()
  expect(percent(1, 3, 0)).toBe('33')
})
