import { describe, expect, test } from 'vitest'
import { addDays, daysBetween, lastOfMonth, longDay, longPeriod, shortDay, shortPeriod, weekday, yearPassed } from './period'

const TODAY = '2026-05-18'

describe('periods', () => {
  test.each([
    ['2026-03-15', '03-15', '3月15日', '15 Mar'],
    ['2027-03-15', '27-03', '2027年3月15日', '15 Mar 2027'],
    ['2026-03', '3月', '3月', 'Mar'],
    ['2027-03', '27-03', '2027年3月', 'Mar 2027'],
    ['2026-03x3', '3月下旬', '3月下旬', 'late Mar'],
    ['2026-Q2', '二季度', '二季度', 'Q2'],
    ['2026-H1', '上半年', '上半年', 'H1'],
    ['2027-H2', '2027年下半年', '2027年下半年', 'H2 2027'],
    ['2027', '2027年', '2027年', '2027'],
    ['soon', 'soon', 'soon', 'soon'],
  ])('%s', (period, short, long, english) => {
    expect(shortPeriod(period, 'zh', TODAY)).toBe(short)
    expect(longPeriod(period, 'zh', TODAY)).toBe(long)
    expect(longPeriod(period, 'en', TODAY)).toBe(english)
  })
})

test('days', () => {
  expect(shortDay(null, TODAY)).toBe('')
  expect(longDay('2026-01-02', 'zh')).toBe('2026年1月2日')
  expect(weekday('2026-05-18', 'zh')).toBe('周一')
  expect(daysBetween('2026-02-28', '2026-03-01')).toBe(1)
  expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2)
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
  expect(lastOfMonth(2028, 2)).toBe('2028-02-29')
})

test('the share of a year that has passed', () => {
  expect(yearPassed(2026, '2025-12-31')).toBe(0)
  expect(yearPassed(2026, '2026-01-01')).toBeCloseTo(1 / 365)
  expect(yearPassed(2026, '2026-12-31')).toBe(1)
  expect(yearPassed(2025, TODAY)).toBe(1)
})
