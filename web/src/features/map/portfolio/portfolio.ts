/** The map of all projects: one row a project, made from the list's rows and what is ahead of them. */
import { type Day, dayOrNull } from '../canvas/day'

/** A milestone of a project as the list tells it. */
export interface AheadShown {
  milestone: string
  due?: string | null
  done?: string | null
  expected: string
  days_late?: number | null
  light: string
  blocking?: { mover?: string | null; activity_name?: string | null } | null
}

/** What of a row of the list is drawn. `ahead` is absent where a project has no plan: then its card's dates are all there is. */
export interface ListedRow {
  id: string
  name: string
  stage: string
  division: string | null
  industry: string | null
  lead_org: string | null
  lead_org_name: string | null
  start_due: string | null
  finish_due: string | null
  operate_due: string | null
  ramp_due: string | null
  started_on: string | null
  completed_on: string | null
  operating_on: string | null
  ramped_on: string | null
  ahead?: { milestones: readonly AheadShown[] } | null
}

export const MILESTONES = ['start', 'completion', 'production', 'capacity'] as const
export type MilestoneKey = (typeof MILESTONES)[number]

export interface Mark {
  key: MilestoneKey
  planned: Day | null
  actual: Day | null
  forecast: Day | null
  /** Days that it is later than planned; negative when before. */
  late: number | null
}

export type PortfolioLight = 'green' | 'amber' | 'red' | 'grey'

export interface PortfolioRow {
  id: string
  name: string
  stage: string
  keys: Record<Grouping, string>
  marks: readonly Mark[]
  light: PortfolioLight
  mover: string
  /** Slip of the next milestone that has not been reached. */
  late: number | null
}

export const GROUPINGS = ['division', 'lead_org', 'industry'] as const
export type Grouping = (typeof GROUPINGS)[number]
export const SORTS = ['late', 'start', 'completion', 'capacity'] as const
export type Sort = (typeof SORTS)[number]

const DUE = { start: 'start_due', completion: 'finish_due', production: 'operate_due', capacity: 'ramp_due' } as const
const DONE = { start: 'started_on', completion: 'completed_on', production: 'operating_on', capacity: 'ramped_on' } as const

/** From this many days on a diamond is red. */
export const MUCH = 30

export function portfolioRow(row: ListedRow, today: Day): PortfolioRow {
  const ahead = new Map(row.ahead?.milestones.map((a) => [a.milestone, a]))
  const marks = MILESTONES.map((key): Mark => {
    const known = ahead.get(key)
    const planned = dayOrNull(known?.due ?? row[DUE[key]])
    const actual = dayOrNull(known?.done ?? row[DONE[key]])
    const forecast = actual === null ? dayOrNull(known?.expected) : null
    // Without a forecast a promise that has passed is late all the same: by today at least.
    const at = actual ?? forecast ?? (planned !== null && planned < today ? today : null)
    return { key, planned, actual, forecast, late: at !== null && planned !== null ? at - planned : null }
  }).filter((m) => m.planned !== null || m.actual !== null || m.forecast !== null)
  const next = marks.find((m) => m.actual === null)
  const late = next?.late ?? null
  return {
    id: row.id,
    name: row.name,
    stage: row.stage,
    keys: { division: row.division ?? '', lead_org: row.lead_org ?? '', industry: row.industry?.slice(0, 3) ?? '' },
    marks,
    light: lightOf(row.ahead?.milestones, late),
    mover: row.ahead?.milestones.find((a) => a.milestone === next?.key)?.blocking?.mover ?? row.lead_org_name ?? '',
    late,
  }
}

function lightOf(ahead: readonly AheadShown[] | undefined, late: number | null): PortfolioLight {
  if (!ahead?.length) return late === null ? 'grey' : late > 0 ? 'amber' : 'grey'
  if (ahead.some((a) => a.light === 'red')) return 'red'
  return ahead.some((a) => a.light === 'amber') ? 'amber' : 'green'
}

export interface PortfolioGroup {
  key: string
  title: string
  rows: readonly PortfolioRow[]
  /** Days of lateness; what is early does not make up for it. */
  late: number
}

export const lateSum = (rows: readonly PortfolioRow[]): number => rows.reduce((sum, r) => sum + Math.max(0, r.late ?? 0), 0)

/** Groups with the most lateness first; the nameless one last. */
export function grouped(rows: readonly PortfolioRow[], by: Grouping, sort: Sort, word: (key: string) => string, none: string): PortfolioGroup[] {
  const lists = new Map<string, PortfolioRow[]>()
  for (const row of rows) {
    const list = lists.get(row.keys[by])
    if (list) list.push(row)
    else lists.set(row.keys[by], [row])
  }
  const groups = [...lists].map(([key, list]): PortfolioGroup => ({ key, title: key ? word(key) : none, rows: list.sort(order(sort)), late: lateSum(list) }))
  return groups.sort((a, b) => Number(a.key === '') - Number(b.key === '') || b.late - a.late || b.rows.length - a.rows.length)
}

const dayOfMark = (row: PortfolioRow, key: string): number => {
  const mark = row.marks.find((m) => m.key === key)
  return mark?.actual ?? mark?.forecast ?? mark?.planned ?? Infinity
}

/** Made once: to compare by a language ten thousand times over is slow otherwise. */
const names = new Intl.Collator('zh')

const order = (sort: Sort) => (a: PortfolioRow, b: PortfolioRow) =>
  (sort === 'late' ? (b.late ?? -Infinity) - (a.late ?? -Infinity) : dayOfMark(a, sort) - dayOfMark(b, sort)) || names.compare(a.name, b.name)

export type PortfolioLine = { kind: 'group'; group: PortfolioGroup; folded: boolean } | { kind: 'row'; row: PortfolioRow }

export function portfolioLines(groups: readonly PortfolioGroup[], folded: ReadonlySet<string>): PortfolioLine[] {
  return groups.flatMap((group): PortfolioLine[] => {
    const closed = folded.has(group.key)
    return [{ kind: 'group', group, folded: closed }, ...(closed ? [] : group.rows.map((row): PortfolioLine => ({ kind: 'row', row })))]
  })
}

/** Days that the map spans: a year back and what is known ahead, within reason. */
export function spanOf(rows: readonly PortfolioRow[], today: Day): { from: Day; until: Day } {
  let from = today - 120
  let until = today + 240
  for (const row of rows) {
    for (const m of row.marks) {
      for (const day of [m.planned, m.actual, m.forecast]) {
        if (day === null) continue
        from = Math.min(from, day - 20)
        until = Math.max(until, day + 45)
      }
    }
  }
  return { from: Math.max(from, today - 6 * 366), until: Math.min(until, today + 12 * 366) }
}
