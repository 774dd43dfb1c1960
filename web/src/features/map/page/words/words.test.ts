import { expect, test } from 'vitest'
import { differencesOf } from '../../../../shared/words/sameInBoth'
import { en } from './en'
import { zh } from './zh'

test('both languages have the same keys with the same values, and none is empty', () => {
  expect(differencesOf(zh, en)).toEqual([])
})
