import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { COLUMNS } from '../model/columns'
import { en } from './en'
import { zh } from './zh'

const flat = (book: Record<string, Record<string, string>>) => Object.entries(book).flatMap(([space, words]) => Object.keys(words).map((name) => (name ? `${space}.${name}` : space)))
const holes = (text: string) => [...text.matchAll(/\{(\w+)(?:\|[^}]*)?\}/g)].map((m) => m[1])

it('has the same keys and values in both languages', () => {
  expect(flat(en)).toEqual(flat(zh))
  for (const [space, words] of Object.entries(zh)) {
    for (const [name, text] of Object.entries(words)) expect(new Set(holes(en[space]?.[name] ?? '')), `${space}.${name}`).toEqual(new Set(holes(text)))
  }
})

it('has a word for every key that the feature says', () => {
  const known = new Set(flat(zh))
  const root = join(import.meta.dirname, '..')
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((f) => /\.tsx?$/.test(f) && !f.includes('.test.'))
  const said = files.flatMap((f) => [...readFileSync(join(root, f), 'utf8').matchAll(/\bt\('([\w.]+)'/g)].map((m) => m[1] ?? ''))
  expect(said.filter((key) => !known.has(key))).toEqual([])
  expect(said.length).toBeGreaterThan(100)
  for (const c of COLUMNS) expect(known.has(`col.${c.key}`), c.key).toBe(true)
})
