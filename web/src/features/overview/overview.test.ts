import { expect, test } from 'vitest'
import type { Watch } from '../../shared/api'
import { linksOf } from './links'
import { paceOf, TARGET_AT } from './pace'

const watch: Watch = {
  key: 'start',
  target: 250,
  done: 87,
  due_by_now: 99,
  done_of_due: 84,
  overdue: 15,
  early: 3,
  planned: 240,
  this_month: 4,
  by_month: [],
  forecast: null,
  overdue_items: [],
  this_month_items: [],
}
const scope = { division: '330499001', year: 2026, as_of: null, list: null }

test('the target stands at one place, whatever it is', () => {
  for (const target of [40, 100, 250]) {
    const pace = paceOf({ ...watch, target }, 2026, '2026-12-31')
    expect(pace?.paceAt).toBe(TARGET_AT)
  }
  expect(paceOf(watch, 2026, '2026-05-18')).toMatchObject({ pace: 94.5, lead: -3, beyond: false })
})

test('without a target the plan is the measure, and without both there is none', () => {
  expect(paceOf({ ...watch, target: null }, 2026, '2026-05-18')?.goal).toBe(240)
  expect(paceOf({ ...watch, target: null, planned: 0 }, 2026, '2026-05-18')).toBeNull()
  expect(paceOf({ ...watch, target: 0 }, 2026, '2026-05-18')).toBeNull()
})

test('figures open the list that they count', () => {
  const links = linksOf(scope, 2026, '2026-05-18')
  expect(links.overdue('start')).toBe('/projects?division=330499001&due=start_overdue')
  expect(links.done('finish')).toBe('/projects?division=330499001&completed_from=2026-01-01&completed_to=2026-12-31&status=active%2Chalted%2Cdeferred')
  expect(links.planned('ramp', 2)).toContain('ramp_from=2026-02-01&ramp_to=2026-02-28')
  expect(links.doneOfDue('start')).toContain('start_to=2026-05-18&status=active%2Chalted%2Cdeferred&started_from=1900-01-01')
  expect(links.list({ division: '-' })).toBe('/projects?division=-')
})
