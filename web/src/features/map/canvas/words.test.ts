import { expect, it } from 'vitest'
import { en, zh } from './words'

const holes = (text: string) => new Set([...text.matchAll(/\{(\w+)(?:\|[^}]*)?\}/g)].map((m) => m[1]))

it('has the same keys and values in both languages', () => {
  for (const [space, words] of Object.entries(zh)) {
    const other: Record<string, string> = en[space as keyof typeof en]
    expect(Object.keys(other)).toEqual(Object.keys(words))
    for (const [key, text] of Object.entries<string>(words)) expect(holes(other[key] ?? ''), `${space}.${key}`).toEqual(holes(text))
  }
})
