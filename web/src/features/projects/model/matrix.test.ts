import { expect, it } from 'vitest'
import type { MatrixCell, MatrixColumn, MatrixRow } from '../api/types'
import { cellMark, cellText, editsOf, isLate, layCells, phasesOf } from './matrix'

const cell = (given: Partial<MatrixCell>): MatrixCell => ({ kind: 'eia', standing: 'planned', mover: 'owner', paused: 0, overdue: 0, acts: [], ...given })
const column = (kind: string, phase: string | null): MatrixColumn => ({ kind, name: kind, short: kind, phase, dept: null })
const row = (id: string): MatrixRow => ({ id, seq: 3, feed: 9, name: id, code: '', division: null, stage: 'prelim', group: null, granted: 0, needed: 0, cells: [] })

it('says a permit in few signs', () => {
  const day = (iso: string) => iso.slice(5)
  expect(cellMark(cell({ standing: 'granted', day: '2026-03-12' }), day)).toBe('√ 03-12')
  expect(cellMark(cell({ standing: 'running', run: 12, limit: { cd: 30 } }), day)).toBe('◐ 12/30')
  expect(cellMark(cell({ standing: 'paused', run: 5 }), day)).toBe('‖ 5')
  expect(cellMark(cell({ standing: 'not_needed' }), day)).toBe('—')
})

it('is late only while it is in hand', () => {
  expect(isLate(cell({ standing: 'running', left: 0, overdue: 7 }))).toBe(true)
  expect(isLate(cell({ standing: 'granted', overdue: 7 }))).toBe(false)
})

it('copies in words that are read back', () => {
  expect(cellText(cell({ standing: 'expired', day: '2024-01-01' }))).toBe('√ 2024-01-01')
  expect(cellText(cell({ standing: 'planned', day: '2026-08' }))).toBe('计划 2026-08')
  expect(cellText(undefined)).toBe('')
})

it('joins neighbours of one phase', () => {
  expect(phasesOf([column('a', '立项'), column('b', '立项'), column('c', null)])).toEqual([
    { name: '立项', from: 0, columns: 2 },
    { name: null, from: 2, columns: 1 },
  ])
})

it('lays a block over rows, past heads of groups, and counts what falls outside', () => {
  const rows = [null, row('one'), null, row('two')]
  const laid = layCells([['√', '', '—'], ['办理中', 'x', 'y']], 1, 0, {
    rowAt: (l) => rows[l] ?? null,
    isHead: (l) => l === 0 || l === 2,
    lines: 4,
    columns: [column('a', null), column('b', null)],
  })
  expect(laid.cells.map((c) => [c.row.id, c.column.kind, c.text])).toEqual([
    ['one', 'a', '√'],
    ['two', 'a', '办理中'],
    ['two', 'b', 'x'],
  ])
  expect(laid.out).toBe(2)
  expect(editsOf(laid.cells)[0]).toEqual({ project: 'one', seq: 3, kind: 'a', said: { text: '√' } })
})
