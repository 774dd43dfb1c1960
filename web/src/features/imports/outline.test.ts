import { describe, expect, it } from 'vitest'
import { cellAt, headSpansOf, hiddenBy, letterOf, lineOfRow, linesOf, runsOf, spansOf, stepLine } from './outline'
import type { ImportRun } from './types'

const none = new Set<number>()
const run = (from: number, to: number, outcome: ImportRun['outcome'], kind: ImportRun['kind'] = 'data'): ImportRun => ({ from, to, kind, outcome })

describe('linesOf', () => {
  it('folds long runs of unchanged rows and shows the rest', () => {
    const lines = linesOf([run(1, 2, null, 'title'), run(3, 3, 'add'), run(4, 20, 'unchanged'), run(21, 21, 'blocked')], none)
    expect(lines.map((l) => `${l.type}${l.row}`)).toEqual(['row1', 'row2', 'row3', 'fold4', 'row21'])
  })
  it('opens a fold under its own line', () => {
    const lines = linesOf([run(4, 10, 'unchanged')], new Set([4]))
    expect(lines).toHaveLength(8)
    expect(lines[0]).toEqual({ type: 'fold', row: 4, to: 10, open: true })
  })
  it('leaves short runs open', () => {
    expect(linesOf([run(4, 8, 'unchanged')], none).every((l) => l.type === 'row')).toBe(true)
  })
  it('puts the old values under a changed row', () => {
    expect(linesOf([run(4, 5, 'change')], none).map((l) => l.type)).toEqual(['row', 'old', 'row', 'old'])
  })
  it('shows every row exactly once, whatever is open', () => {
    const runs = [run(1, 3, null, 'header'), run(4, 60, 'unchanged'), run(61, 62, 'change'), run(63, 99, 'unchanged')]
    const lines = linesOf(runs, new Set([63]))
    const seen: number[] = []
    for (const line of lines) {
      if (line.type === 'row') seen.push(line.row)
      if (line.type === 'fold' && !line.open) for (let row = line.row; row <= line.to; row++) seen.push(row)
    }
    expect(seen).toEqual(Array.from({ length: 99 }, (_, i) => i + 1))
  })
})

describe('the cursor', () => {
  const lines = linesOf([run(1, 1, 'change'), run(2, 30, 'unchanged'), run(31, 31, 'add')], none)
  it('finds a row or the fold that hides it', () => {
    expect([1, 2, 15, 30, 31].map((row) => lineOfRow(lines, row))).toEqual([0, 2, 2, 2, 3])
  })
  it('knows which fold hides a row', () => {
    expect([1, 2, 15, 31].map((row) => hiddenBy(lines, row))).toEqual([null, 2, 2, null])
  })
  it('steps over old values and stops at the ends', () => {
    expect(stepLine(lines, 0, 1)).toBe(2)
    expect(stepLine(lines, 2, -1)).toBe(0)
    expect(stepLine(lines, 3, 5)).toBe(3)
    expect(stepLine(lines, 0, -5)).toBe(0)
  })
})

describe('cells', () => {
  it('reads and writes names', () => {
    expect(cellAt('E11')).toEqual({ row: 11, column: 4 })
    expect(cellAt('AB3')).toEqual({ row: 3, column: 27 })
    expect(cellAt('')).toBeNull()
    for (const column of [0, 25, 26, 51, 52, 701, 702]) expect(cellAt(`${letterOf(column)}1`)?.column).toBe(column)
  })
  it('lets text run on over empty cells, figures stay', () => {
    expect(spansOf(['一、新开工项目', '', '38.0', '', ''], 5)).toEqual([
      { column: 0, span: 2, text: '一、新开工项目' },
      { column: 2, span: 1, text: '38.0' },
      { column: 3, span: 1, text: '' },
      { column: 4, span: 1, text: '' },
    ])
  })
  it('stands a heading over the columns that have their own below', () => {
    expect(headSpansOf(['名称', '投资', '', '单位'], ['', '总', '年度', ''], 4).map((s) => s.span)).toEqual([1, 2, 1])
    expect(headSpansOf(['名称', '投资', '投资', '单位'], undefined, 4).map((s) => s.span)).toEqual([1, 2, 1])
  })
})

it('run-length codes rows', () => {
  const row = (at: number, outcome: ImportRun['outcome']) => ({ row: at, kind: 'data' as const, outcome })
  expect(runsOf([row(1, 'add'), row(2, 'add'), row(3, 'unchanged'), row(5, 'unchanged')])).toEqual([run(1, 2, 'add'), run(3, 3, 'unchanged'), run(5, 5, 'unchanged')])
})
