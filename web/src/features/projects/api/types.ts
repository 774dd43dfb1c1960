/** Wire types of the portfolio, by the API's contract. */
import type { Count, Day, Money, ProblemView } from '../../../shared/api'

export type { Count, Day, Money, ProblemView, Stale } from '../../../shared/api'

export interface Page<T> {
  items: T[]
  next: string | null
}

export interface ListKey {
  kind: string
  year: number
}

export interface Membership {
  list: ListKey
  state: 'applied' | 'admitted' | 'removed'
  plan: Money | null
  applied: Day | null
  admitted: Day | null
  removed: Day | null
  basis: string | null
  group: string | null
}

export interface Row {
  id: string
  name: string
  code: string
  codes: string[]
  level: 'programme' | 'project' | 'section'
  parent: string | null
  counts: boolean
  stage: string
  status: string
  suggested: string | null
  division: string | null
  platform: string | null
  industry: string | null
  nature: string | null
  procedure: string | null
  holding: string | null
  owner: string | null
  lead_org: string | null
  investment: Money | null
  land: number | null
  start_due: Day | null
  finish_due: Day | null
  operate_due: Day | null
  ramp_due: Day | null
  start_planned: string | null
  finish_planned: string | null
  operate_planned: string | null
  ramp_planned: string | null
  ceremony_on: Day | null
  permit_on: Day | null
  started_on: Day | null
  completed_on: Day | null
  operating_on: Day | null
  ramped_on: Day | null
  stat_entry_on: Day | null
  formalities_granted: number
  formalities_needed: number
  memberships: Membership[]
  ytd_month: string | null
  ytd_done: Money | null
  annual_plan: Money | null
  seq: number
  feed: number
  lead_org_name: string | null
  group: string | null
  /** By its network; absent without a plan, and of past days. */
  ahead?: RowAhead
}

export interface RowAhead {
  light: 'green' | 'amber' | 'red'
  days_late?: number | null
  milestones: RowMilestone[]
}

export interface RowMilestone {
  milestone: string
  due?: Day | null
  done?: Day | null
  expected: Day
  days_late?: number | null
  light: string
  blocking?: { activity: string; activity_name: string; mover?: string | null; days_lost: number } | null
}

export interface Totals {
  rows: number
  counted: number
  investment: Money
  annual_plan: Money
  ytd: Money
}

export type Facets = Partial<Record<string, Count[]>>

export interface BulkResult {
  feed: number | null
  results: { id: string; ok: boolean; problems: ProblemView[] }[]
}

export interface StageResult {
  feed: number | null
  unmet: ProblemView[]
  reminders: ProblemView[]
}

export interface Owner {
  name: string
  uscc: string | null
  holding: string | null
}

export interface Formality {
  kind: string
  state: 'not_needed' | 'planned' | 'applied' | 'returned' | 'granted' | 'refused' | 'lapsed'
  planned: string | null
  applied: string | null
  decided: string | null
  valid_until: Day | null
  number: string | null
  /** Absent in rows that no act has touched. */
  course?: {
    pauses?: { kind: PauseKind; from: Day; until?: Day; reason: string }[]
    ended?: { on: Day; reason: string }
    commitment?: { due: Day; missing: string; fulfilled?: Day }
  }
}

export type PauseKind = 'correction' | 'hearing' | 'assessment' | 'publicity'

/** Where a permit stands on the day shown: its clock, and whose move it is. */
export interface ClockView {
  kind: string
  standing: 'not_needed' | 'planned' | 'undated' | 'running' | 'paused' | 'returned' | 'granted' | 'promised' | 'refused' | 'lapsed' | 'expired'
  pause: PauseKind | null
  mover: 'department' | 'owner' | 'nobody'
  dept: string | null
  since: Day | null
  limit: { wd: number } | { cd: number } | null
  run: number | null
  paused: number
  left: number | null
  limit_day: Day | null
  provisional: boolean
  overdue: number
  promise_overdue: number
  acts: string[]
}

export interface Responsibility {
  role: string
  person: string | null
  org: string | null
  from: Day | null
  to: Day | null
}

export interface Stage {
  kind: string
  since?: Day | null
  started?: Day
  completed?: Day
  operating?: Day
  ramped?: Day
}

export interface Status {
  kind: string
  on?: Day
  reason?: string
  basis?: string
}

export interface Project {
  id: string
  level: Row['level']
  parent: string | null
  name: string
  former_names: { name: string; until: Day; basis: string }[]
  codes: { code: string; state: 'valid' | 'replaced' | 'void'; issued: Day | null }[]
  owner: Owner | null
  former_owners: { owner: Owner; until: Day; basis: string }[]
  lifecycle: { stage: Stage; status: Status }
  predecessors: string[]
  superseded: { kind: 'split' | 'merged'; on: Day; by: string[]; basis: string } | null
  withdrawn: boolean
  division: string | null
  platform: string | null
  location: string | null
  industry: string | null
  nature: string | null
  procedure: string | null
  scale: string | null
  total_investment: Money | null
  land_total: number | null
  land_new: number | null
  land_supplied: number | null
  start_planned: string | null
  finish_planned: string | null
  operate_planned: string | null
  ramp_planned: string | null
  ceremony_on: Day | null
  permit_on: Day | null
  pool_entry_on: Day | null
  stat_entry_on: Day | null
  physical_progress: string | null
  remark: string | null
  extra: Record<string, string>
  memberships: Membership[]
  formalities: Formality[]
  responsibilities: Responsibility[]
  ytd_done: Record<string, Money>
}

export interface Linked {
  id: string
  name: string
}

export interface ProjectView {
  project: Project
  seq: number
  feed: number
  row: Row
  names: { people: Record<string, string>; orgs: Record<string, string> }
  reminders: ProblemView[]
  parent: Linked | null
  children: Row[]
  predecessors: Linked[]
  successors: Linked[]
  gate: { next: string | null; unmet: ProblemView[] }
  clocks: ClockView[]
}

export interface JournalView {
  feed: number
  seq: number
  day: Day
  at: string
  actor: string
  act: string
  on: Day | null
  basis: string | null
  changes: { field: string; label?: string | null; before: unknown; after: unknown }[]
}

export interface SavedView {
  id: string
  name: string
  shared: boolean
  mine: boolean
  state: { query: string; columns: string[]; group?: string }
}

/** One permit of one project in the matrix; what is not known is absent. */
export interface MatrixCell {
  kind: string
  standing: ClockView['standing']
  pause?: ClockView['pause']
  day?: string
  number?: string
  valid_until?: Day
  mover: ClockView['mover']
  since?: Day
  limit?: NonNullable<ClockView['limit']>
  run?: number
  paused: number
  left?: number
  limit_day?: Day
  overdue: number
  acts: string[]
}

export interface MatrixRow {
  id: string
  seq: number
  feed: number
  name: string
  code: string
  division: string | null
  stage: string
  group: string | null
  granted: number
  needed: number
  cells: MatrixCell[]
}

export interface MatrixColumn {
  kind: string
  name: string
  short: string
  phase: string | null
  dept: string | null
}

export interface MatrixSum {
  kind: string
  granted: number
  needed: number
  in_hand: number
  overdue: number
}

export interface MatrixGroup {
  key: string | null
  rows: number
  granted: number
  needed: number
  columns: MatrixSum[]
}

export interface MatrixTotals {
  columns: MatrixColumn[]
  total: MatrixGroup
  groups: MatrixGroup[]
}

export interface CellEdit {
  project: string
  seq: number
  kind: string
  said: { text: string }
}

export interface CellsAnswer {
  feed: number | null
  cells: { project: string; kind: string; ok: boolean; after: MatrixCell | null; same: boolean; problems: ProblemView[] }[]
}
