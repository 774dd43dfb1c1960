import { expect, it } from 'vitest'
import { fromPlan } from './fromPlan'
import { nodesOf } from './nodeLine'
import { samplePlan } from './sample'

const model = fromPlan(samplePlan(33), { lang: 'zh' })

it('puts what is done above today and what is left below, each in the order of days', () => {
  const { before, after } = nodesOf(model, new Set(), true)
  expect(before.every((n) => n.row.state === 'done')).toBe(true)
  expect(after.some((n) => n.row.state === 'done')).toBe(false)
  for (const list of [before, after]) expect(list.map((n) => n.day)).toEqual(list.map((n) => n.day).toSorted((a, b) => a - b))
  expect(before.length + after.length).toBe(33)
})

it('tells what was done long ago as a number', () => {
  const { hidden, before } = nodesOf(model, new Set(), false)
  expect(before).toHaveLength(4)
  expect(hidden).toBe(nodesOf(model, new Set(), true).before.length - 4)
})
