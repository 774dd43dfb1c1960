/** A project's plan as it travels. */
import type { ProblemView, Sent } from '../../../shared/api'
import type { PlanActivity as Drawn, PlanMilestone as DrawnMilestone, PlanShown } from '../canvas'

export type FactValue = number | boolean | null
export type Clock = 'government' | 'government_commissioned' | 'utility' | 'owner_commissioned' | 'owner' | 'contractor' | 'milestone'

export interface PlanActivity extends Drawn {
  clock: Clock
  /** Keys of `departments`. */
  department: string[]
  /** As reported; empty for what is a formality. */
  progress: Partial<Done>
}

export interface Blocking {
  activity: string
  activity_name: string
  mover_name: string | null
  since: string | null
  days_lost: number
}

export interface PlanMilestone extends DrawnMilestone {
  activity_name: string
  since: string | null
  blocking: Blocking | null
}

export interface Baseline {
  name: string
  on: string
  reason: string
  approver: string
  dates: { id: string; name: string; start: string; finish: string }[]
}

export interface PlanFact {
  key: string
  name: string
  kind: 'number' | 'yes_no'
  unit: string | null
  value: FactValue
}

export interface Suggestion {
  key: string
  name: string
  activities: number
  fits: boolean
  /** Keys of the facts that it asks for. */
  facts: string[]
  /** What can be left out of it. */
  steps: StepName[]
}

export interface StepName {
  id: string
  name: string
}

export interface PlanView extends Omit<PlanShown, 'activities' | 'milestones' | 'baselines'> {
  project: string
  seq: number
  feed: number
  as_of: string | null
  start: string | null
  applied: { pattern: string; name: string; on: string; newer: boolean } | null
  suggestions: Suggestion[]
  facts: PlanFact[]
  /** Steps of the pattern that this project leaves out by decision. */
  left_out: StepName[]
  activities: PlanActivity[]
  milestones: PlanMilestone[]
  baselines: Baseline[]
  problems: ProblemView[]
}

export type Limit = { days: number | null; unit: string } | null

/** Fields that an editor may give another value; `null` clears. */
export interface Fields {
  name: string
  days: number
  after: string
  phase: number
  department: string[]
  org: string | null
  party: string | null
  limit: Limit
  not_before: string | null
  due: string | null
  note: string | null
}

export interface Done {
  started: string | null
  finished: string | null
  remaining: number | null
  percent: number | null
  seen: string | null
}

export type PlanEdit =
  | { op: 'add'; id?: string; name: string; phase: number; days: number; after: string; clock: Clock; place?: number }
  | ({ op: 'set'; id: string; was?: Partial<Fields> } & Partial<Fields>)
  | ({ op: 'progress'; id: string } & Partial<Done>)
  | { op: 'remove'; id: string; bridge?: boolean }
  | { op: 'move'; id: string; place: number }
  | { op: 'start'; start: string }
  | { op: 'facts'; facts: Record<string, FactValue> }
  | { op: 'restore'; id: string }

export interface PlanAnswer {
  feed: number | null
  unmet: ProblemView[]
  reminders: ProblemView[]
  plan: PlanView
}

export type SentAnswer = Sent<PlanAnswer>

/** The same plan, changed by somebody else meanwhile in the very fields that were being edited. */
export interface Conflict {
  by: string
  at: string
  fields: string[]
  plan: PlanView | null
}
