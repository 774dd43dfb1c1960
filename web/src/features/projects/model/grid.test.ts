import type { Row } from '../api/types'
import { pagesOf, withLanded } from '../pipeline/useLines'
import { describe, expect, it } from 'vitest'
import { block, holds, inside, move, reveal, shown } from './cursor'
import { chineseNumeral, groupBy, Lines } from './lines'

const at = (line: number, column: number) => ({ at: { line, column }, anchor: { line, column } })

describe('cursor', () => {
  const bounds = { lines: 10, columns: 4, page: 3 }
  it('stays inside', () => {
    expect(move(at(0, 0), 'up', bounds).at).toEqual({ line: 0, column: 0 })
    expect(move(at(9, 3), 'right', bounds).at).toEqual({ line: 9, column: 3 })
    expect(move(at(8, 1), 'pageDown', bounds).at).toEqual({ line: 9, column: 1 })
    expect(move(at(8, 1), 'top', bounds).at).toEqual({ line: 0, column: 0 })
    expect(move(at(0, 0), 'down', { ...bounds, lines: 0 }).at).toEqual({ line: 0, column: 0 })
  })
  it('passes over heads, and stays when there is nothing beyond', () => {
    const skips = (l: number) => l === 0 || l === 4
    expect(move(at(3, 1), 'down', { ...bounds, skips }).at.line).toBe(5)
    expect(move(at(5, 1), 'up', { ...bounds, skips }).at.line).toBe(3)
    expect(move(at(1, 1), 'up', { ...bounds, skips }).at.line).toBe(1)
    expect(move(at(5, 1), 'top', { ...bounds, skips }).at.line).toBe(1)
  })
  it('comes back into a shorter list', () => {
    expect(inside(at(50, 9), bounds).at).toEqual({ line: 9, column: 3 })
    expect(inside(at(0, 0), { ...bounds, skips: (l) => l === 0 }).at.line).toBe(1)
    expect(inside(at(0, 0), { ...bounds, lines: 0 }).at.line).toBe(0)
    const still = at(4, 2)
    expect(inside(still, bounds)).toBe(still)
  })
  it('stretches a block with Shift', () => {
    const c = move(move(at(2, 1), 'down', bounds, true), 'left', bounds, true)
    expect(block(c)).toEqual({ top: 2, bottom: 3, left: 0, right: 1 })
    expect(holds(block(c), 3, 1)).toBe(true)
    expect(holds(block(c), 4, 1)).toBe(false)
    expect(block(move(c, 'down', bounds))).toEqual({ top: 4, bottom: 4, left: 0, right: 0 })
  })
})

describe('window', () => {
  it('draws what is visible and some beyond', () => {
    expect(shown(0, 320, 32, 100_000, 5)).toEqual({ first: 0, end: 15 })
    expect(shown(3_199_680, 320, 32, 100_000, 5)).toEqual({ first: 99_985, end: 100_000 })
    expect(shown(0, 320, 32, 0)).toEqual({ first: 0, end: 0 })
    expect(shown(500, 320, 32, 7)).toEqual({ first: 6, end: 7 })
  })
  it('scrolls only when it must', () => {
    expect(reveal(5, 0, 320, 32)).toBe(null)
    expect(reveal(20, 0, 320, 32)).toBe(352)
    expect(reveal(2, 320, 320, 32)).toBe(64)
  })
})

describe('lines', () => {
  const segments = [
    { key: 'a', title: '拟开工', count: 3, rows: ['a1', 'a2'] },
    { key: 'b', title: '在建', count: 2, rows: [], collapsed: true },
    { key: 'c', title: '竣工', count: 1, rows: ['c1'] },
  ]
  const lines = new Lines(segments)
  it('interleaves heads and rows and goes on counting', () => {
    expect(lines.length).toBe(7)
    expect(lines.at(0)).toMatchObject({ kind: 'group', title: '拟开工', count: 3, ordinal: 1 })
    expect(lines.at(1)).toMatchObject({ kind: 'row', row: 'a1', ordinal: 1 })
    expect(lines.at(3)).toMatchObject({ kind: 'row', row: null, ordinal: 3 })
    expect(lines.at(4)).toMatchObject({ kind: 'group', title: '在建', collapsed: true })
    expect(lines.at(5)).toMatchObject({ kind: 'group', title: '竣工', ordinal: 3 })
    expect(lines.at(6)).toMatchObject({ kind: 'row', row: 'c1', ordinal: 6 })
    expect(lines.at(7)).toBe(null)
    expect(lines.at(-1)).toBe(null)
  })
  it('says what to fetch, and where a row is', () => {
    expect([...lines.wanted(0, 7)]).toEqual([[0, { from: 0, upto: 3 }]])
    expect([...lines.wanted(4, 7)]).toEqual([])
    expect(lines.find((r) => r === 'c1')).toBe(6)
    expect(lines.find((r) => r === 'x')).toBe(-1)
  })
  it('holds 100,000 rows without a line for each', () => {
    const long = new Lines([{ key: '', title: null, count: 100_000, rows: ['first'] }])
    expect(long.length).toBe(100_000)
    expect(long.at(99_999)).toMatchObject({ kind: 'row', row: null, ordinal: 100_000 })
    expect([...long.wanted(99_990, 100_000)]).toEqual([[0, { from: 99_990, upto: 100_000 }]])
  })
  it('keeps holes before the rows of a jump', () => {
    const rows = withLanded([{ id: 'a' }] as Row[], [[{ id: 'x' }], undefined] as Row[][], 1_000)
    const long = new Lines<Row>([{ key: '', title: null, count: 5_000, rows }])
    expect([long.row(0)?.id, long.row(1), long.row(1_000)?.id]).toEqual(['a', null, 'x'])
    expect(long.find((r) => r.id === 'x')).toBe(1_000)
    expect([...long.wanted(1_000, 1_001)]).toEqual([])
    expect(pagesOf({ from: 1_499, upto: 1_501 })).toEqual([1_000, 1_500])
  })
  it('is empty without rows', () => expect(new Lines([{ key: '', title: null, count: 0, rows: [] }]).at(0)).toBe(null))
})

it('numbers groups as offices do', () => {
  expect([1, 9, 10, 11, 20, 21, 99, 100].map(chineseNumeral)).toEqual(['一', '九', '十', '十一', '二十', '二十一', '九十九', '100'])
})

it('groups by first appearance, the nameless last', () => {
  const rows = [{ g: null }, { g: 'b' }, { g: 'a' }, { g: 'b' }]
  expect(groupBy(rows, (r) => r.g).map((g) => [g.key, g.rows.length])).toEqual([['b', 2], ['a', 1], [null, 1]])
})
