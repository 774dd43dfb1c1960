/** The pack's registers as the grid and the forms need them: a key's word, and the choices of a column. */
import type { Org } from './api/queries'
import type { Pack } from '../../shared/api'
import type { Column, Register } from './model/columns'
import type { Choice } from './model/values'

interface Word {
  key?: string
  code?: string
  zh: string
  en: string
}

export interface Registers {
  word: (register: Register | 'lists' | 'roles' | 'formalities' | 'levels', key: string | null | undefined) => string
  choices: (register: Register | 'lists' | 'roles' | 'formalities' | 'levels') => Choice[]
  options: (register: Register | 'lists' | 'roles' | 'formalities' | 'levels') => { value: string; label: string }[]
  choicesOf: (column: Column) => readonly Choice[]
}

const choicesOfOrgs = (orgs: readonly Org[]): Choice[] => orgs.filter((o) => o.active).map((o) => ({ key: o.name, names: [o.name, ...o.aliases] }))
const keyOf = (w: Word) => w.key ?? w.code ?? ''

/** Indexes a pack once per language. */
export function registersOf(pack: Pack, orgs: readonly Org[], lang: 'zh' | 'en'): Registers {
  const cache = new Map<string, { words: Map<string, string>; choices: Choice[] }>()
  const index = (register: Register | 'lists' | 'roles' | 'formalities' | 'levels') => {
    const known = cache.get(register)
    if (known) return known
    if (register === 'orgs') {
      const known = { words: new Map<string, string>(), choices: choicesOfOrgs(orgs) }
      cache.set(register, known)
      return known
    }
    const list = (pack[register] ?? []) as readonly Word[]
    const fresh = {
      words: new Map(list.map((w) => [keyOf(w), w[lang] || w.zh])),
      choices: list.map((w) => ({ key: keyOf(w), names: [w.zh, w.en].filter(Boolean) })),
    }
    cache.set(register, fresh)
    return fresh
  }
  const word: Registers['word'] = (register, key) => {
    if (!key) return ''
    const { words } = index(register)
    return words.get(key) ?? (register === 'industries' ? words.get(key.slice(0, 3)) ?? words.get(key.slice(0, 1)) : undefined) ?? key
  }
  return {
    word,
    choices: (register) => index(register).choices,
    options: (register) => index(register).choices.map((c) => ({ value: c.key, label: index(register).words.get(c.key) ?? c.key })),
    choicesOf: (column) => (column.register ? index(column.register).choices : []),
  }
}
