import { expect, test } from 'vitest'
import { onNewest, shownAtOnce } from './useEditing'
import type { PlanActivity, PlanView } from './types'

const plan = (days: number) => ({ activities: [{ id: 'A1', name: '一', days, after: '', org: null }, { id: 'A2', name: '二', days: 3, after: 'A1', org: null }] as PlanActivity[] }) as PlanView

test('an edit is seen before the server answers, and others stay as they are', () => {
  const shown = shownAtOnce(plan(5), [{ op: 'set', id: 'A1', days: 8 }, { op: 'remove', id: 'A2' }])
  expect(shown.activities.map((a) => [a.id, a.days, a.name])).toEqual([['A1', 8, '一']])
})

test('an edit laid upon the newest plan has seen what stands there now', () => {
  expect(onNewest(plan(6), [{ op: 'set', id: 'A1', days: 8, was: { days: 5 } }])).toEqual([{ op: 'set', id: 'A1', days: 8, was: { days: 6 } }])
})
