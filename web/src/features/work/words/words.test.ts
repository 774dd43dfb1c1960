import { expect, test } from 'vitest'
import { en } from './en'
import { zh } from './zh'

const flat = (book: Record<string, Record<string, string>>) => Object.entries(book).flatMap(([n, words]) => Object.entries(words).map(([k, text]) => [`${n}.${k}`, text] as const))
const holes = (text: string) => new Set([...text.matchAll(/\{(\w+)/g)].map(([, name]) => name))

test('both languages have the same keys with the same values, and none is empty', () => {
  const english = new Map(flat(en))
  expect([...english.keys()]).toEqual(flat(zh).map(([k]) => k))
  for (const [key, text] of flat(zh)) {
    expect(text.trim(), key).not.toBe('')
    expect(holes(english.get(key) ?? ''), key).toEqual(holes(text))
    expect(english.get(key), key).not.toMatch(/\p{Script=Han}/u)
  }
})
