/** Words in two languages. The house's words are in `zh.ts` and `en.ts`; a feature binds its own the same way. */
import { useCallback, useSyncExternalStore } from 'react'
import { en } from './en'
import { zh } from './zh'

export type Lang = 'zh' | 'en'
export type Values = Record<string, string | number>
type Book = Record<string, Record<string, string>>
/** The same keys as `B`, any words. */
export type Same<B extends Book> = { [N in keyof B]: { [K in keyof B[N]]: string } }
export type KeyOf<B extends Book> = { [N in keyof B & string]: `${N}.${keyof B[N] & string}` }[keyof B & string]
export type WordKey = KeyOf<typeof zh>

const KEY = 'lantu.lang'
const listeners = new Set<() => void>()

function keptLang(): Lang {
  try {
    const kept = localStorage.getItem(KEY)
    if (kept === 'zh' || kept === 'en') return kept
  } catch {
    // Nothing kept: the browser's own language decides.
  }
  return typeof navigator !== 'undefined' && navigator.language.toLowerCase().startsWith('en') ? 'en' : 'zh'
}

let lang: Lang = keptLang()

/** The language now, outside of a component. */
export const langNow = (): Lang => lang

export function chooseLang(next: Lang): void {
  lang = next
  try {
    localStorage.setItem(KEY, next)
  } catch {
    // As above.
  }
  listeners.forEach((l) => l())
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useLang = (): Lang => useSyncExternalStore(subscribe, langNow)

/**
 * Puts values into a text: `{name}`, and `{n|project|projects}`, which takes the first word when `n` is 1.
 */
export function fill(text: string, values: Values = {}): string {
  return text.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (whole, key: string, one?: string, many?: string) => {
    const value = values[key]
    if (value === undefined) return whole
    if (one !== undefined) return Number(value) === 1 ? one : (many ?? '')
    return String(value)
  })
}

export function textOf<B extends Book>(book: B, key: KeyOf<B>): string {
  const [namespace = '', name = ''] = key.split('.', 2)
  return book[namespace]?.[name] ?? key
}

export type T<B extends Book> = (key: KeyOf<B>, values?: Values) => string

/** A hook for a pair of word books of the same keys. */
export function bindWords<B extends Book>(chinese: B, english: Same<B>): () => { t: T<B>; lang: Lang } {
  return () => {
    const now = useLang()
    const t = useCallback<T<B>>((key, values) => fill(textOf((now === 'zh' ? chinese : english) as B, key), values), [now])
    return { t, lang: now }
  }
}

export const useWords = bindWords(zh, en)

export const sayNow = (key: WordKey, values?: Values): string => fill(textOf(lang === 'zh' ? zh : en, key), values)
