import { expect, it } from 'vitest'
import { dayOf } from './day'
import { fromPlan } from './fromPlan'
import { pathOf, rowsOf } from './model'
import { samplePlan } from './sample'

const plan = samplePlan(33)

it('takes the newest baseline as the ghost, another when asked, none when told', () => {
  const two = { ...plan, baselines: [...plan.baselines, { name: '示例二', on: '2026-04-01', dates: [] }] }
  expect(fromPlan(two, { lang: 'zh' }).baseline?.name).toBe('示例二')
  expect(fromPlan(two, { lang: 'zh', baseline: 0 }).baseline?.name).toBe('示例基线')
  expect(fromPlan(two, { lang: 'zh', baseline: null }).baseline).toBeNull()
})

it('spans everything that is drawn', () => {
  const model = fromPlan(plan, { lang: 'zh' })
  for (const row of rowsOf(model)) {
    expect(row.start).toBeGreaterThanOrEqual(model.from)
    expect(row.finish).toBeLessThanOrEqual(model.until)
    expect(row.limit?.until ?? row.finish).toBeLessThanOrEqual(model.until)
  }
  expect(model.milestones.every((m) => (m.odds?.p90 ?? 0) <= model.until)).toBe(true)
})

it('lets no one move what has begun', () => {
  const rows = rowsOf(fromPlan(plan, { lang: 'zh' }))
  expect(rows.filter((r) => r.actualStart !== null).some((r) => r.can.move)).toBe(false)
  expect(rows.filter((r) => r.state === 'done').some((r) => r.can.stretch)).toBe(false)
  expect(rowsOf(fromPlan({ ...plan, can_edit: false }, { lang: 'zh' })).some((r) => r.can.move || r.can.stretch || r.can.link)).toBe(false)
})

it('is red when over its limit or late, amber when it stands still', () => {
  const [first] = plan.activities
  if (!first) throw new Error('the sample has rows')
  const one = (change: Partial<typeof first>) => rowsOf(fromPlan({ ...plan, milestones: [], activities: [{ ...first, state: 'running', actual_finish: null, ...change }] }, { lang: 'zh' }))[0]
  expect(one({ clock_run: { accepted: '2026-03-02', limit_day: '2026-03-20', pauses: [], overdue: 3 } })?.light).toBe('red')
  expect(one({ due: '2026-01-01', finish: '2026-02-01' })?.light).toBe('red')
  expect(one({ state: 'paused' })?.light).toBe('amber')
  expect(one({})?.light).toBeNull()
  expect(one({ state: 'something new' })?.state).toBe('waiting')
})

it('marks the path of the chosen milestone, and none when none is chosen', () => {
  const model = fromPlan(plan, { lang: 'en' })
  expect(pathOf(model, 'start').size).toBeGreaterThan(0)
  expect(pathOf(model, null).size).toBe(0)
  expect(model.groups[0]?.title).toBe('前期手续')
})

it('shows a plan without steps', () => {
  const empty = fromPlan({ ...plan, activities: [], links: [], milestones: [], baselines: [] }, { lang: 'zh' })
  expect(empty.groups).toEqual([])
  expect(empty.from).toBeLessThan(dayOf(plan.today))
})
