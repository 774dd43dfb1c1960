/** What the map draws: rows in groups, links, milestones; days as numbers. Made from a plan by `fromPlan`. */
import type { Day, Span } from './day'

export type RowState = 'waiting' | 'ready' | 'running' | 'paused' | 'returned' | 'done' | 'reopened'
export type RowLight = 'green' | 'amber' | 'red'

export interface RowOdds {
  p10: Day
  p50: Day
  p80: Day
  p90: Day
  /** Chance of lying on the driving path to the end, in hundredths of a percent. */
  criticality: number
}

/** The statutory clock of a permit: drawn as a bracket over its bar. */
export interface RowLimit {
  from: Day
  until: Day
  /** Working days that it is over. */
  overdue: number
}

export interface MapRow {
  id: string
  name: string
  /** Who answers for it: the tag right of the bar. */
  owner: string
  /** Who does the work, where it is somebody else. */
  party: string | null
  state: RowState
  /** Days of work, both included; an event starts and finishes on its day. */
  start: Day
  finish: Day
  event: boolean
  days: number
  actualStart: Day | null
  actualFinish: Day | null
  baseline: Span | null
  /** What the contractor's schedule says of it, where one of its rows is tied. */
  contractor?: Span | null
  /** What was promised: `due`, else the baseline's end. */
  planned: Day | null
  due: Day | null
  lateFinish: Day
  totalFloat: number
  freeFloat: number
  remaining: number
  percent: number
  limit: RowLimit | null
  /** The statutory time in words: 20 wd. */
  limitDays: { days: number | null; unit: 'wd' | 'cd' | 'instant' } | null
  pauses: readonly Span[]
  odds: RowOdds | null
  light: RowLight | null
  /** Keys of the milestones that it reaches. */
  milestones: readonly string[]
  /** Added by the office, not by the pattern. */
  own: boolean
  undecided: boolean
  /** Waits for other projects. */
  others: number
  /** What dragging and keys may change. */
  can: { move: boolean; stretch: boolean; link: boolean }
}

export interface MapGroup {
  key: string
  title: string
  rows: readonly MapRow[]
}

export type Ends = 'FS' | 'SS' | 'FF' | 'SF'

export interface MapLink {
  from: string
  to: string
  ends: Ends
  lag: number
  driving: boolean
}

export interface MapMilestone {
  key: string
  name: string
  row: string
  due: Day | null
  done: Day | null
  expected: Day
  odds: { p10: Day; p50: Day; p80: Day; p90: Day; inTime: number | null } | null
  light: RowLight
  daysLate: number | null
  /** What drives its date, itself last. */
  path: readonly string[]
}

export interface MapModel {
  name: string
  today: Day
  /** First and last day that anything is drawn on. */
  from: Day
  until: Day
  /** Sorted, not touching. */
  offDays: readonly Span[]
  /** Holidays from this day on have not been announced. */
  provisionalFrom: Day | null
  groups: readonly MapGroup[]
  links: readonly MapLink[]
  milestones: readonly MapMilestone[]
  /** Name and day of the baseline that is the ghost. */
  baseline: { name: string; on: Day } | null
}

/** An edit made on the map; days as ISO. */
export type MapEdit =
  | { kind: 'move'; id: string; notBefore: string }
  | { kind: 'days'; id: string; days: number }
  | { kind: 'link'; from: string; to: string }

/** Late against its promise. */
export const isLate = (row: MapRow): boolean => row.due !== null && row.finish > row.due

/** Rows on the driving path to a milestone. */
export function pathOf(model: MapModel, target: string | null): ReadonlySet<string> {
  return new Set(model.milestones.find((m) => m.key === target)?.path ?? [])
}

export const rowsOf = (model: MapModel): MapRow[] => model.groups.flatMap((g) => g.rows)
