/** A plan as the server tells it: what the map is made from. */

export interface PlanActivity {
  id: string
  place: number
  phase: number
  name: string
  own: boolean
  days: number
  after: string
  after_others: { project: string; project_name: string; activity: string; activity_name: string; lag: number; day: string | null }[]
  departments: string[]
  org: { id: string; name: string } | null
  party: string | null
  formality: { kind: string; name: string }[]
  milestone: string[]
  limit: { days: number | null; unit: string } | null
  not_before: string | null
  due: string | null
  note: string | null
  undecided: boolean
  state: string
  start: string
  finish: string
  actual_start: string | null
  actual_finish: string | null
  late_start: string
  late_finish: string
  total_float: number
  free_float: number
  remaining: number
  percent: number
  drives: string[]
  clock_run: { accepted: string; limit_day: string | null; pauses: { from: string; until: string }[]; overdue: number } | null
  odds: { p10: string; p50: string; p80: string; p90: string; criticality: number; samples: number } | null
}

export interface PlanMilestone {
  milestone: string
  activity: string
  name: string
  due: string | null
  done: string | null
  expected: string
  odds?: { p10: string; p50: string; p80: string; p90: string; in_time: number | null } | null
  days_late: number | null
  light: string
  path: string[]
}

/** The parts of the server's answer that the drawing reads. */
export interface PlanShown {
  name: string
  today: string
  can_edit: boolean
  phases: { number: number; name: string }[]
  activities: PlanActivity[]
  links: { from: string; to: string; ends: string; lag: number; driving: boolean }[]
  milestones: PlanMilestone[]
  baselines: { name: string; on: string; dates: { id: string; start: string; finish: string }[] }[]
  off_days: { from: string; until: string }[]
  provisional_from: string | null
  finish: string | null
}
