import { expect, test } from 'vitest'
import { differencesOf } from './sameInBoth'

const zh = { a: { one: '一', two: '{n}项' } }

test('two books that say the same', () => {
  expect(differencesOf(zh, { a: { one: 'One', two: '{n} {n|item|items}' } })).toEqual([])
})

test.each([
  ['a key is missing', { a: { one: 'One' } }, ['a.two']],
  ['a key too many', { a: { one: 'One', two: '{n}', three: 'Three' } }, ['a.three']],
  ['another order', { a: { two: '{n}', one: 'One' } }, ['a.one', 'a.two']],
  ['an empty word', { a: { one: ' ', two: '{n}' } }, ['a.one']],
  ['another value', { a: { one: 'One', two: '{m}' } }, ['a.two']],
  ['Chinese in the English', { a: { one: '一', two: '{n}' } }, ['a.one']],
])('%s', (_, en, found) => {
  expect(differencesOf(zh, en as never)).toEqual(found)
})
