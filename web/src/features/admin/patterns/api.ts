/** What the pattern editor reads and writes. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { get, keys, type PatternCheck, type PatternDraft, type PatternSheet, type Patterns, type PutPattern, send } from '../../../shared/api'

export type FactValues = Record<string, number | boolean>
export interface CheckAsk {
  was: string | null
  draft?: PatternDraft
  text?: string
  start: string | null
  facts: FactValues
}

const PATTERNS = ['patterns'] as const

export const usePatterns = () => useQuery({ queryKey: PATTERNS, queryFn: () => get<Patterns>('/patterns') })
export const readPattern = (key: string) => get<PatternSheet>(`/patterns/${encodeURIComponent(key)}`)
export const judge = async (ask: CheckAsk) => (await send<PatternCheck>('POST', '/patterns/check', ask)).body

/** The draft as judged; the last answer stays while the next one is on its way. */
export const useJudged = (ask: CheckAsk, round: number, on: boolean) =>
  useQuery({ queryKey: [...PATTERNS, 'check', round, ask], queryFn: () => judge(ask), placeholderData: keepPreviousData, enabled: on, staleTime: Infinity, gcTime: 30_000 })

export function usePut() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (ask: { based_on: string; was: string | null; draft: PatternDraft; number: string; on: string }) => (await send<PutPattern>('POST', '/patterns/in-force', ask)).body,
    onSuccess: () => Promise.all([PATTERNS, keys.pack, keys.packs, keys.projects].map((queryKey) => client.invalidateQueries({ queryKey }))),
  })
}
