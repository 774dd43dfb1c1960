/** What the map asks and tells. Keys lie below `projects`, so that a change of the project reaches them. */
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { get, send } from '../../../shared/api'
import type { FactValue, PlanAnswer, PlanEdit, PlanView } from './types'
import type { DifferenceAnswer, Why } from './answers'

const keyOf = (id: string, asOf: string | null) => ['projects', 'plan', id, asOf] as const

export const usePlan = (id: string, asOf: string | null) =>
  useQuery({
    queryKey: keyOf(id, asOf),
    queryFn: ({ signal }) => get<PlanView>(`/projects/${id}/plan`, { as_of: asOf }, signal),
    placeholderData: keepPreviousData,
  })

export interface Beside {
  name: string
  number: number
  seen: string
  warn_from: number
  rows: { activity: string; row_name: string; start: string; finish: string; file_start: string; file_finish: string; days: number; done: boolean }[]
}

/** What the newest tied schedule of a contractor says. */
export const useBeside = (id: string, asOf: string | null) =>
  useQuery({
    queryKey: ['projects', 'beside', id, asOf],
    queryFn: ({ signal }) => get<Beside | null>(`/projects/${id}/beside`, { as_of: asOf }, signal),
    placeholderData: keepPreviousData,
  })

/** Puts a plan that an answer carried where the next question would put it. */
export function useKeepPlan(id: string) {
  const client = useQueryClient()
  return useCallback((plan: PlanView) => client.setQueryData(keyOf(id, null), plan), [client, id])
}

export const usePlanNow = (id: string) => {
  const client = useQueryClient()
  return useCallback(() => client.getQueryData<PlanView>(keyOf(id, null)), [client, id])
}

export const useWhy = (id: string, activity: string | null, feed: number, asOf: string | null) =>
  useQuery({
    queryKey: ['projects', 'plan', id, asOf, 'why', activity, feed],
    queryFn: ({ signal }) => get<Why>(`/projects/${id}/plan/why/${activity}`, { as_of: asOf }, signal),
    enabled: activity !== null,
  })

export const useDifference = (id: string, wanted: boolean) =>
  useQuery({
    queryKey: ['projects', 'plan', id, null, 'difference'],
    queryFn: ({ signal }) => get<DifferenceAnswer>(`/projects/${id}/plan/difference`, undefined, signal),
    enabled: wanted,
  })

type Mode = 'preview' | 'commit'

export interface ApplyAsk {
  seq: number
  mode: Mode
  pattern: string
  start: string
  facts: Record<string, FactValue>
  without: string[]
}

export const applyPlan = (id: string, ask: ApplyAsk) => send<PlanAnswer>('POST', `/projects/${id}/plan/apply`, ask)
export const editPlan = (id: string, ask: { seq: number; mode: Mode; edits: PlanEdit[]; reason: string }) => send<PlanAnswer>('POST', `/projects/${id}/plan/edit`, ask)
export const takeBaseline = (id: string, ask: { seq: number; name: string; on: string; reason: string; approver: string }) => send<PlanAnswer>('POST', `/projects/${id}/plan/baseline`, ask)
export const takeOver = (id: string, ask: { seq: number; mode: Mode; ids: string[]; settle: boolean }) => send<PlanAnswer>('POST', `/projects/${id}/plan/take`, ask)
