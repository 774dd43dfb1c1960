import { expect, test } from 'vitest'
import { compared, fromMap, leaningOn, piled, setOf, tidyLinks } from './edits'
import type { PlanActivity, PlanView } from './types'

const step = (id: string, more: Partial<PlanActivity> = {}) => ({ id, name: id, days: 5, after: '', not_before: null, org: null, ...more }) as PlanActivity
const plan = (...activities: PlanActivity[]) => ({ activities }) as PlanView

test('an edit carries only what differs, and what was there', () => {
  expect(setOf(step('A1'), { days: 7, after: '' })).toEqual({ op: 'set', id: 'A1', was: { days: 5 }, days: 7 })
  expect(setOf(step('A1'), { days: 5 })).toBeNull()
})

test('links are read as people type them', () => {
  expect(tidyLinks(' A03：ss + 5；A07, A09:ff ')).toBe('A03:SS+5;A07;A09:FF')
  expect(tidyLinks('')).toBe('')
})

test('a link drawn on the map is added once', () => {
  const it = plan(step('A1'), step('A2', { after: 'A0:SS+5' }))
  expect(fromMap(it, { kind: 'link', from: 'A1', to: 'A2' })).toMatchObject({ after: 'A0:SS+5;A1', was: { after: 'A0:SS+5' } })
  expect(fromMap(it, { kind: 'link', from: 'A0', to: 'A2' })).toBeNull()
  expect(leaningOn(it, 'A0').map((a) => a.id)).toEqual(['A2'])
})

test('edits of one step pile up as one, and remember what was seen first', () => {
  const first = piled([], { op: 'set', id: 'A1', was: { days: 5 }, days: 7 })
  expect(piled(first, { op: 'set', id: 'A1', was: { days: 7, note: null }, days: 9, note: 'x' })).toEqual([{ op: 'set', id: 'A1', was: { days: 5, note: null }, days: 9, note: 'x' }])
  expect(piled(first, { op: 'remove', id: 'A2' })).toHaveLength(2)
})

test('two baselines: deleted and added are told, changes with their days', () => {
  const d = (id: string, start: string, finish: string) => ({ id, name: id, start, finish })
  const found = compared([d('A', '2026-03-02', '2026-03-06'), d('B', '2026-03-02', '2026-03-02')], [d('A', '2026-03-02', '2026-03-10'), d('C', '2026-04-01', '2026-04-02')])
  expect(found.map((s) => [s.kind, s.id, s.days])).toEqual([
    ['deleted', 'B', 0],
    ['added', 'C', 0],
    ['changed', 'A', 4],
  ])
})
