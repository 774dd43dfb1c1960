import { describe, expect, it } from 'vitest'
import type { Row } from '../api/types'
import { type Column, columnOf } from './columns'
import { unitsOf } from '../../../shared/ui'
import { lay } from './paste'

const row = (id: string, more: Partial<Row> = {}) =>
  ({ id, seq: 3, name: id, code: '', division: null, stage: 'ready', investment: 1_200_000_000, start_planned: '2026-03', memberships: [], ...more }) as Row

const columns = ['name', 'division', 'stage', 'investment', 'start_planned'].map((k) => columnOf(k) as Column)
const towns = [{ key: '990101', names: ['东湖街道'] }]
const stages = [{ key: 'ready', names: ['拟开工'] }, { key: 'building', names: ['在建'] }]
const desk = (rows: (Row | null)[]) => ({
  rowAt: (line: number) => rows[line] ?? null,
  isHead: (line: number) => rows[line] === null,
  lines: rows.length,
  columns,
  choicesOf: (c: Column) => (c.register === 'divisions' ? towns : c.register === 'stages' ? stages : []),
  units: unitsOf(undefined, 'zh'),
  year: 2026,
})

describe('laying a block over the grid', () => {
  it('gathers one edit a row, with before and after by cell', () => {
    const laid = lay([['东湖', '拟开工', '3.2亿', '4月底'], ['', '拟开工', '1200', '2026-03']], 0, 1, desk([row('a'), row('b')]))
    expect(laid.problems).toEqual([])
    expect(laid.edits).toEqual([{ id: 'a', seq: 3, patch: { division: '990101', total_investment: 32_000_000_000, start_planned: '2026-04' } }])
    expect(laid.changes.map((c) => [c.field, c.before, c.after])).toEqual([
      ['division', null, '990101'],
      ['total_investment', 1_200_000_000, 32_000_000_000],
      ['start_planned', '2026-03', '2026-04'],
    ])
    expect(laid.same).toBe(5)
  })
  it('names every cell that cannot be read, and what falls outside', () => {
    const laid = lay([['改名', '南山镇', '在建', '约3亿', '待定', '多']], 0, 0, desk([row('a')]))
    expect(laid.problems.map((p) => p.code)).toEqual(['not_editable', 'not_a_choice', 'not_editable', 'not_a_number', 'not_a_period', 'outside'])
    expect(laid.edits).toEqual([])
  })
  it('takes an empty cell over a read-only column as no wish to change it', () => {
    const laid = lay([['', '']], 0, 0, desk([row('a')]))
    expect(laid).toMatchObject({ problems: [], same: 2 })
  })
  it('passes over group heads', () => {
    const laid = lay([['1'], ['2']], 0, 3, desk([row('a'), null, row('b')]))
    expect(laid.edits.map((e) => e.id)).toEqual(['a', 'b'])
  })
  it('says so when the block is longer than the list', () => {
    expect(lay([['1'], ['2']], 0, 3, desk([row('a')])).problems.map((p) => p.code)).toEqual(['outside'])
  })
})
