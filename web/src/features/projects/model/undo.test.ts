import { expect, it } from 'vitest'
import { drop, emptyStack, push, top } from './undo'

it('undoes newest first, counts a repeated commit once and keeps fifty', () => {
  let stack = push(push(emptyStack, { feed: 7, label: 'a' }), { feed: 9, label: 'b' })
  stack = push(stack, { feed: 9, label: 'b again' })
  expect(top(stack)).toEqual({ feed: 9, label: 'b' })
  stack = drop(stack, 9)
  expect(top(stack)?.feed).toBe(7)
  expect(top(drop(stack, 7))).toBe(null)
  for (let feed = 100; feed < 200; feed++) stack = push(stack, { feed, label: '' })
  expect(stack.steps).toHaveLength(50)
  expect(top(stack)?.feed).toBe(199)
})
