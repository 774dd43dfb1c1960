/** What the printed sheet asks: the plan as it stands, and the project's card. */
import { useQuery } from '@tanstack/react-query'
import { get, keys, type Money } from '../../../shared/api'
import type { PlanMilestone, PlanShown } from '../canvas/planView'

interface Duty {
  role: string
  person: string | null
  org: string | null
  from: string | null
  to: string | null
}

export interface PrintedProject {
  project: { name: string; total_investment: Money | null; land_total: number | null; scale: string | null; division: string | null; owner: { name: string } | null; responsibilities: Duty[]; memberships: { list: { kind: string; year: number } }[] }
  row: { code: string }
  names: { people: Record<string, string>; orgs: Record<string, string> }
}

/** Milestones also carry what holds them up. */
export type PrintedPlan = Omit<PlanShown, 'milestones'> & {
  seq: number
  feed: number
  milestones: (PlanMilestone & { since?: string | null; blocking?: { activity_name: string; mover_name: string | null; since: string | null; days_lost: number } | null })[]
}

export function usePrinted(id: string, asOf: string | null) {
  const plan = useQuery({ queryKey: [...keys.projects, 'plan', id, asOf], queryFn: ({ signal }) => get<PrintedPlan>(`/projects/${id}/plan`, { as_of: asOf }, signal) })
  const card = useQuery({ queryKey: [...keys.projects, 'one', id, asOf], queryFn: ({ signal }) => get<PrintedProject>(`/projects/${id}`, { as_of: asOf }, signal) })
  return { plan, card }
}
