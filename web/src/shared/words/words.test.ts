import { expect, test } from 'vitest'
import { fill } from '.'
import { en } from './en'
import { zh } from './zh'

const flat = (book: Record<string, Record<string, string>>) => Object.entries(book).flatMap(([n, words]) => Object.entries(words).map(([k, text]) => [`${n}.${k}`, text] as const))
const holes = (text: string) => [...text.matchAll(/\{(\w+)/g)].map(([, name]) => name)

test('both languages have the same keys, and none is empty', () => {
  expect(flat(en).map(([k]) => k).toSorted()).toEqual(flat(zh).map(([k]) => k).toSorted())
  for (const [key, text] of [...flat(zh), ...flat(en)]) expect(text.trim(), key).not.toBe('')
})

test('English has no Chinese in it, and asks for no value that Chinese does not have', () => {
  const chinese = new Map(flat(zh))
  for (const [key, text] of flat(en)) {
    expect(text, key).not.toMatch(/\p{Script=Han}/u)
    for (const hole of holes(text)) expect(holes(chinese.get(key) ?? ''), key).toContain(hole)
  }
})

test('values and plurals', () => {
  expect(fill('{n} {n|project|projects} in {town}', { n: 1, town: 'A' })).toBe('1 project in A')
  expect(fill('{n} {n|project|projects}', { n: 2 })).toBe('2 projects')
  expect(fill('{missing}', {})).toBe('{missing}')
})
