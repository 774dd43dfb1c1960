import { describe, expect, it } from 'vitest'
import { daysBetween, lastDay, readChoice, readDay, readPeriod, share } from './values'

const value = (r: { ok: boolean }) => (r as { value?: unknown }).value

describe('periods', () => {
  it.each([
    ['2026-3', '2026-03'],
    ['2026年3月', '2026-03'],
    ['2026.3', '2026-03'],
    ['26年3月', '2026-03'],
    ['3月底', '2026-03'],
    ['8月', '2026-08'],
    ['2026.03.15', '2026-03-15'],
    ['2026年3月5日', '2026-03-05'],
    ['3月5日', '2026-03-05'],
    ['20260315', '2026-03-15'],
    ['2026年3月上旬', '2026-03x1'],
    ['3月下旬', '2026-03x3'],
    ['2026年上半年', '2026-H1'],
    ['下半年', '2026-H2'],
    ['2026年二季度', '2026-Q2'],
    ['第4季度', '2026-Q4'],
    ['2026Q3', '2026-Q3'],
    ['2027年', '2027'],
    ['明年6月', '2027-06'],
    ['年底', '2026-12'],
    ['今年内', '2026'],
    ['46096', '2026-03-15'],
    ['2026-02x3', '2026-02x3'],
  ])('%s', (text, period) => expect(value(readPeriod(text, 2026))).toBe(period))

  it.each(['2026-13', '2026-02-30', '13月', '待定', '99999', '2026年0月'])('%s is refused', (text) =>
    expect(readPeriod(text, 2026)).toMatchObject({ ok: false, code: 'not_a_period' }),
  )
  it('reads every text form of the model back', () => {
    for (const p of ['2026-03-15', '2026-02x3', '2026-02', '2026-Q2', '2026-H1', '2027']) expect(value(readPeriod(p, 2020))).toBe(p)
  })
  it.each([
    ['2026-02', '2026-02-28'],
    ['2024-02', '2024-02-29'],
    ['2026-03x1', '2026-03-10'],
    ['2026-02x3', '2026-02-28'],
    ['2026-Q2', '2026-06-30'],
    ['2026-H1', '2026-06-30'],
    ['2027', '2027-12-31'],
    ['2026-03-15', '2026-03-15'],
  ])('%s falls due on its last day', (period, day) => expect(lastDay(period)).toBe(day))
  it('wants a day where something happened', () => {
    expect(readDay('2026-3', 2026)).toMatchObject({ ok: false, code: 'too_precise' })
    expect(value(readDay('3月5日', 2026))).toBe('2026-03-05')
    expect(value(readDay('', 2026))).toBe(null)
  })
})

describe('choices', () => {
  const towns = [
    { key: '990101', names: ['东湖街道', 'Donghu'] },
    { key: '990102', names: ['西港镇', 'Xigang'] },
    { key: '990103', names: ['西港街道'] },
  ]
  it('takes names, keys and names without 镇 where that is unambiguous', () => {
    expect(value(readChoice('东湖', towns))).toBe('990101')
    expect(value(readChoice('990102', towns))).toBe('990102')
    expect(value(readChoice('xigang', towns))).toBe('990102')
    expect(readChoice('西港', towns)).toMatchObject({ ok: false, code: 'not_a_choice' })
    expect(readChoice('南山镇', towns)).toMatchObject({ ok: false })
  })
})

it('shares and days', () => {
  expect(share(50, 200)).toBe(25)
  expect(share(50, 0)).toBe(null)
  expect(daysBetween('2026-02-10', '2026-05-18')).toBe(97)
})
