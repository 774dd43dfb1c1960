import { describe, expect, it, test } from 'vitest'
import { exactly, type UnitPack, unitsOf } from './units'

const usd: UnitPack = {
  currency: 'USD',
  default_unit: 'usd',
  units: [
    { key: 'usd', zh: '美元', en: 'USD', fen: 100 },
    { key: 'usd_thousands', zh: '千美元', en: 'USD thousands', fen: 100_000 },
    { key: 'usd_millions', zh: '百万美元', en: 'USD millions', fen: 100_000_000 },
    { key: 'gbp_thousands', zh: '千英镑', en: 'GBP thousands', fen: 100_000, currency: 'GBP' },
    { key: 'gbp_millions', zh: '百万英镑', en: 'GBP millions', fen: 100_000_000, currency: 'GBP' },
  ],
}
const cny = unitsOf(undefined, 'zh')
const dollars = unitsOf(usd, 'en')
const pounds = unitsOf({ ...usd, default_unit: 'gbp_millions' }, 'en')
const value = (r: { ok: boolean }) => (r as { value?: unknown }).value

test('each office has its own units', () => {
  expect([cny.moneyWord, cny.landWord, cny.currency]).toEqual(['万元', '亩', 'CNY'])
  expect([dollars.moneyWord, dollars.landWord, dollars.currency]).toEqual(['USD thousands', 'ha', 'USD'])
  expect([pounds.moneyWord, pounds.currency]).toEqual(['GBP millions', 'GBP'])
  expect(unitsOf(usd, 'zh').moneyWord).toBe('千美元')
})

describe('money', () => {
  it.each([
    ['1200', 1_200_000_000],
    ['1,200万', 1_200_000_000],
    ['3.2亿', 32_000_000_000],
    ['３．２亿元', 32_000_000_000],
    ['5000元', 500_000],
    ['¥ 12 万元', 12_000_000],
    ['-0.5', -500_000],
    ['0.000001', 1],
  ])('of an office in 万元: %s', (text, fen) => expect(value(cny.readMoney(text))).toBe(fen))
  it.each([
    ['1200', 120_000_000],
    ['$1,200', 120_000_000],
    ['3.2m', 320_000_000],
    ['USD 3.2 million', 320_000_000],
    ['1.5bn', 150_000_000_000],
    ['40k', 4_000_000],
    ['5000 USD', 500_000],
    ['7 USD thousands', 700_000],
    ['7千美元', 700_000],
  ])('of an office in dollars: %s', (text, fen) => expect(value(dollars.readMoney(text))).toBe(fen))
  it.each(['—', '', '无', ' - ', '/'])('%s is nothing', (text) => expect(cny.readMoney(text)).toEqual({ ok: true, value: null }))
  it.each(['约3亿', '1-8月', '1.2.3', '亿', '.', '99999999999999999'])('%s is refused', (text) =>
    expect(cny.readMoney(text)).toMatchObject({ ok: false, code: 'not_a_number', found: text }),
  )
  it('is exact where floats are not', () => expect(exactly('0.07', 1_000_000)).toBe(70_000))
  it('is written back without loss, in every office', () => {
    for (const units of [cny, dollars, pounds]) {
      for (const fen of [0, 1, -1, 1_500_000, 123_456_789]) expect(value(units.readMoney(units.moneyExact(fen)))).toBe(fen)
    }
  })
  it('is shown with its unit', () => {
    expect(cny.money(105_000 * 1_000_000)).toBe('105,000')
    expect(cny.money(null)).toBe('')
    expect(dollars.moneySaid(123_456_700)).toBe('1,234.57 USD thousands')
    expect(unitsOf({ ...usd, currency: 'CNY', default_unit: 'wan', units: [{ key: 'wan', zh: '万元', en: '10,000 yuan', fen: 1_000_000 }] }, 'en').moneySaid(42_000_000)).toBe('42 × 10,000 yuan')
    expect([cny.moneyShort(42_000_000_000), dollars.moneyShort(42_000_000_000)]).toEqual(['42,000 万元', '420 m USD'])
    expect(pounds.moneySaid(250_000_000)).toBe('2.5 GBP millions')
  })
})

describe('land', () => {
  it.each([
    ['15', 10_000],
    ['82.4亩', 54_933],
    ['1公顷', 10_000],
    ['300平方米', 300],
  ])('in 亩: %s', (text, m2) => expect(value(cny.readLand(text))).toBe(m2))
  it.each([
    ['1.5', 15_000],
    ['15 mu', 10_000],
    ['300 m²', 300],
  ])('in hectares: %s', (text, m2) => expect(value(dollars.readLand(text))).toBe(m2))
  it('is refused in a unit that nobody knows', () => expect(dollars.readLand('3 acres')).toMatchObject({ ok: false }))
  it('comes back as it was', () => {
    for (const units of [cny, dollars]) for (const m2 of [0, 1, 54_933, 10_000_001]) expect(value(units.readLand(units.landExact(m2)))).toBe(m2)
    expect([cny.landSaid(10_000), dollars.landSaid(10_000)]).toEqual(['15 亩', '1 ha'])
  })
})
