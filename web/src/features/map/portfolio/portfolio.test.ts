import { describe, expect, it } from 'vitest'
import { dayOf } from '../canvas/day'
import { grouped, lateSum, type ListedRow, portfolioLines, portfolioRow, spanOf } from './portfolio'
import { sampleRows } from './sample'
import { en, zh } from './words'

const TODAY = dayOf('2026-05-18')
const bare: ListedRow = {
  id: 'p', name: '示例', stage: 'prelim', division: null, industry: 'C3620', lead_org: null, lead_org_name: '示例局', start_due: '2026-06-30', finish_due: '2027-12-31', operate_due: null, ramp_due: null,
  started_on: null, completed_on: null, operating_on: null, ramped_on: null,
}
const ahead = (milestone: string, due: string, expected: string, light = 'green') => ({ milestone, due, done: null, expected, days_late: null, light, blocking: { mover: '示例区住建局' } })

describe('a project as a row', () => {
  it('without a plan has the dates of its card, and no light', () => {
    const row = portfolioRow(bare, TODAY)
    expect(row.marks.map((m) => m.key)).toEqual(['start', 'completion'])
    expect(row).toMatchObject({ light: 'grey', late: null, mover: '示例局' })
  })
  it('without a plan is late once its promise has passed', () => {
    expect(portfolioRow({ ...bare, start_due: '2026-05-08' }, TODAY)).toMatchObject({ late: 10, light: 'amber' })
  })
  it('tells the slip of the next milestone, whose move it is, and the worst light', () => {
    const row = portfolioRow({ ...bare, started_on: '2026-03-01', ahead: { milestones: [ahead('completion', '2027-12-31', '2028-01-10', 'amber'), ahead('capacity', '2028-06-30', '2028-12-31', 'red')] } }, TODAY)
    expect(row).toMatchObject({ late: 10, light: 'red', mover: '示例区住建局' })
    expect(row.marks.find((m) => m.key === 'start')).toMatchObject({ forecast: null, late: -121 })
  })
})

describe('groups', () => {
  const rows = sampleRows(60).map((r) => portfolioRow(r, TODAY))
  it('hold every row once, the latest first, and their sums do not set early against late', () => {
    const groups = grouped(rows, 'division', 'late', (k) => k, '未填')
    expect(groups.flatMap((g) => g.rows).length).toBe(60)
    expect(groups.map((g) => g.late)).toEqual(groups.map((g) => g.late).toSorted((a, b) => b - a))
    expect(groups.reduce((sum, g) => sum + g.late, 0)).toBe(lateSum(rows))
    expect(lateSum([{ ...rows[0]!, late: -5 }, { ...rows[0]!, late: 7 }])).toBe(7)
  })
  it('fold', () => {
    const groups = grouped(rows, 'division', 'start', (k) => k, '未填')
    const first = groups[0]
    expect(portfolioLines(groups, new Set()).length).toBe(60 + groups.length)
    expect(portfolioLines(groups, new Set([first?.key ?? ''])).length).toBe(60 + groups.length - (first?.rows.length ?? 0))
  })
  it('put those without a key last', () => {
    const groups = grouped([...rows, portfolioRow(bare, TODAY)], 'division', 'late', (k) => k, '未填')
    expect(groups.at(-1)?.title).toBe('未填')
  })
})

it('spans what is known, within reason', () => {
  const far = portfolioRow({ ...bare, finish_due: '2999-01-01' }, TODAY)
  const { from, until } = spanOf([far], TODAY)
  expect(until - from).toBeLessThan(20 * 366)
  expect(from).toBeLessThan(TODAY)
})

it('has the same keys in both languages', () => {
  for (const [space, words] of Object.entries(zh)) expect(Object.keys(en[space as keyof typeof en])).toEqual(Object.keys(words))
})
