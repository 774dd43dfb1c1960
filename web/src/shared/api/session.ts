/** Who is signed in, the pack's words, and what they let one see. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type Lang, useLang } from '../words'
import { get } from './client'
import type { Me, Pack, Right, Setup } from './types'

/** First parts of query keys; everything below `projects` is stale after any change. */
export const keys = {
  session: ['session'],
  setup: ['setup'],
  pack: ['pack'],
  overview: ['overview'],
  projects: ['projects'],
  work: ['work'],
  users: ['users'],
  orgs: ['orgs'],
  packs: ['packs'],
} as const

export const useSession = () => useQuery({ queryKey: keys.session, queryFn: () => get<Me>('/session'), staleTime: Infinity, retry: false })
export const useSetup = () => useQuery({ queryKey: keys.setup, queryFn: () => get<Setup>('/setup'), staleTime: Infinity })

/** Inside the shell somebody is signed in. */
export const useMe = (): Me | undefined => useSession().data
export const useCan = (right: Right): boolean => useMe()?.can.includes(right) ?? false

export const usePack = (): Pack | undefined => useQuery({ queryKey: keys.pack, queryFn: () => get<Pack>('/pack'), staleTime: Infinity }).data

export type RegisterName = 'stages' | 'statuses' | 'natures' | 'procedures' | 'holdings' | 'levels' | 'roles' | 'lists' | 'formalities' | 'divisions' | 'platforms' | 'industries' | 'fields'
export type SayWord = (register: RegisterName, key: string | null | undefined) => string

export function sayFrom(pack: Pack | undefined, lang: Lang): SayWord {
  const known = new Map<string, Map<string, string>>()
  return (register, key) => {
    if (!key) return ''
    let words = known.get(register)
    if (!words) {
      const list: readonly ({ zh: string; en: string } & ({ key: string } | { code: string }))[] = pack?.[register] ?? []
      words = new Map(list.map((w) => ['key' in w ? w.key : w.code, w[lang] || w.zh]))
      known.set(register, words)
    }
    return words.get(key) ?? key
  }
}

/** The office's own word for a key: `say('stages', 'building')`. */
export function useSay(): SayWord {
  const pack = usePack()
  const lang = useLang()
  return useMemo(() => sayFrom(pack, lang), [pack, lang])
}
