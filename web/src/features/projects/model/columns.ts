/** The grid's columns: where a cell's value comes from, how it is sorted, filtered and edited. Words are looked up by key. */
import type { Row } from '../api/types'
import type { FilterKey, Multi } from './query'
import { share } from './values'

export type Kind = 'text' | 'money' | 'area' | 'period' | 'day' | 'choice' | 'number' | 'percent' | 'lists' | 'count' | 'light'

export type Filter =
  | { kind: 'text'; key: FilterKey }
  | { kind: 'multi'; key: Multi }
  | { kind: 'money'; from: FilterKey; to: FilterKey }
  | { kind: 'dates'; from: FilterKey; to: FilterKey }
  | { kind: 'light' }

/** What Enter does on a cell that `PATCH` does not take: a recorded act with its own dialog. */
export type Act = 'rename' | 'stage' | 'status' | 'owner' | 'code' | 'membership' | 'responsibility'

export interface Column {
  key: string
  kind: Kind
  width: number
  /** The API's sort key. */
  sort?: string
  filter?: Filter
  /** The field that an edit writes. */
  field?: string
  /** The register that a choice is taken from. */
  register?: Register
  act?: Act
  /** An edit of it is a decision: for those who may take one. */
  decision?: boolean
  /** Cannot be emptied. */
  required?: boolean
  /** Shown before the user chooses columns. */
  standard?: boolean
  /** Stays at the left edge. */
  sticky?: boolean
  value: (row: Row) => string | number | null
  /** Summed in totals and subtotals. */
  sum?: 'investment' | 'annual_plan' | 'ytd' | 'completion'
}

export type Register = 'orgs' | 'stages' | 'statuses' | 'divisions' | 'platforms' | 'industries' | 'natures' | 'procedures' | 'holdings'

const COLUMNS_LIST: Column[] = [
  {
    key: 'name',
    kind: 'text',
    width: 236,
    sort: 'name',
    filter: { kind: 'text', key: 'q' },
    act: 'rename',
    standard: true,
    sticky: true,
    value: (r) => r.name,
  },
  {
    key: 'code',
    kind: 'text',
    width: 182,
    sort: 'code',
    filter: { kind: 'text', key: 'code' },
    act: 'code',
    standard: true,
    value: (r) => r.code,
  },
  choice('division', 'divisions', 88, (r) => r.division, { field: 'division', sort: 'division', standard: true }),
  choice('stage', 'stages', 92, (r) => r.stage, { sort: 'stage', act: 'stage', standard: true }),
  { key: 'light', kind: 'light', width: 98, sort: 'light', filter: { kind: 'light' }, standard: true, value: (r) => r.ahead?.light ?? null },
  { key: 'days_late', kind: 'number', width: 84, sort: 'days_late', standard: true, value: (r) => r.ahead?.days_late ?? null },
  choice('status', 'statuses', 64, (r) => r.status, { act: 'status' }),
  choice('industry', 'industries', 128, (r) => r.industry, { field: 'industry' }),
  {
    key: 'owner',
    kind: 'text',
    width: 176,
    filter: { kind: 'text', key: 'owner' },
    act: 'owner',
    value: (r) => r.owner,
  },
  {
    key: 'lead_org',
    kind: 'choice',
    // Departments go by their names here: they are what is copied from other sheets, and the server knows them.
    register: 'orgs',
    width: 132,
    field: 'lead_org',
    decision: true,
    required: true,
    act: 'responsibility',
    standard: true,
    value: (r) => r.lead_org_name,
  },
  {
    key: 'investment',
    kind: 'money',
    width: 100,
    sort: 'investment',
    filter: { kind: 'money', from: 'investment_min', to: 'investment_max' },
    field: 'total_investment',
    standard: true,
    sum: 'investment',
    value: (r) => r.investment,
  },
  {
    key: 'annual_plan',
    kind: 'money',
    width: 92,
    sort: 'annual_plan',
    act: 'membership',
    standard: true,
    sum: 'annual_plan',
    value: (r) => r.annual_plan,
  },
  { key: 'ytd_done', kind: 'money', width: 92, sort: 'ytd', standard: true, sum: 'ytd', value: (r) => r.ytd_done },
  {
    key: 'completion',
    kind: 'percent',
    width: 72,
    standard: true,
    sum: 'completion',
    value: (r) => share(r.ytd_done, r.annual_plan),
  },
  {
    key: 'start_planned',
    kind: 'period',
    width: 92,
    sort: 'start_due',
    filter: { kind: 'dates', from: 'start_from', to: 'start_to' },
    field: 'start_planned',
    standard: true,
    value: (r) => r.start_planned,
  },
  {
    key: 'started_on',
    kind: 'day',
    width: 92,
    filter: { kind: 'dates', from: 'started_from', to: 'started_to' },
    act: 'stage',
    standard: true,
    value: (r) => r.started_on,
  },
  {
    key: 'finish_planned',
    kind: 'period',
    width: 92,
    sort: 'finish_due',
    filter: { kind: 'dates', from: 'finish_from', to: 'finish_to' },
    field: 'finish_planned',
    standard: true,
    value: (r) => r.finish_planned,
  },
  {
    key: 'completed_on',
    kind: 'day',
    width: 92,
    filter: { kind: 'dates', from: 'completed_from', to: 'completed_to' },
    act: 'stage',
    value: (r) => r.completed_on,
  },
  { key: 'operate_planned', kind: 'period', width: 92, field: 'operate_planned', value: (r) => r.operate_planned },
  { key: 'operating_on', kind: 'day', width: 92, act: 'stage', value: (r) => r.operating_on },
  { key: 'ramp_planned', kind: 'period', width: 92, field: 'ramp_planned', value: (r) => r.ramp_planned },
  { key: 'ramped_on', kind: 'day', width: 92, act: 'stage', value: (r) => r.ramped_on },
  {
    key: 'formalities',
    kind: 'count',
    width: 64,
    standard: true,
    value: (r) => (r.formalities_needed ? `${r.formalities_granted}/${r.formalities_needed}` : null),
  },
  { key: 'start_expected', kind: 'day', width: 92, value: (r) => expected(r, 'start') },
  { key: 'completion_expected', kind: 'day', width: 92, value: (r) => expected(r, 'completion') },
  { key: 'blocked_at', kind: 'text', width: 148, value: (r) => nextOf(r)?.blocking?.activity_name ?? null },
  { key: 'blocked_by', kind: 'text', width: 132, value: (r) => nextOf(r)?.blocking?.mover ?? null },
  { key: 'stat_entry_on', kind: 'day', width: 92, field: 'stat_entry_on', standard: true, value: (r) => r.stat_entry_on },
  { key: 'lists', kind: 'lists', width: 200, act: 'membership', value: (r) => r.memberships.map((m) => m.list.kind).join(',') },
  { key: 'ceremony_on', kind: 'day', width: 92, field: 'ceremony_on', value: (r) => r.ceremony_on },
  { key: 'permit_on', kind: 'day', width: 92, field: 'permit_on', value: (r) => r.permit_on },
  choice('platform', 'platforms', 112, (r) => r.platform, { field: 'platform' }),
  choice('nature', 'natures', 80, (r) => r.nature, { field: 'nature' }),
  choice('procedure', 'procedures', 80, (r) => r.procedure, { field: 'procedure' }),
  choice('holding', 'holdings', 80, (r) => r.holding, { act: 'owner' }),
  { key: 'land', kind: 'area', width: 84, field: 'land_total', value: (r) => r.land },
]

/** The first milestone that is not reached. */
const nextOf = (row: Row) => row.ahead?.milestones.find((m) => !m.done)

/** A forecast of what has not happened; what has happened has a column of its own. */
function expected(row: Row, milestone: string): string | null {
  const of = row.ahead?.milestones.find((m) => m.milestone === milestone)
  return of && !of.done ? of.expected : null
}

function choice(
  key: Multi,
  register: Register,
  width: number,
  value: (row: Row) => string | null,
  more: Partial<Column>,
): Column {
  return { key, kind: 'choice', width, register, value, filter: { kind: 'multi', key }, ...more }
}

export const COLUMNS: readonly Column[] = COLUMNS_LIST

/** Registers of words short enough that a column can show the longest of them whole. */
const SHORT: ReadonlySet<Register> = new Set<Register>(['stages', 'statuses', 'divisions', 'natures', 'procedures', 'holdings'])
const WIDEST_WORD = 190

/** About how wide a text is drawn: a Chinese character is twice a Latin letter. */
function drawnWidth(text: string, letter: number): number {
  return [...text].reduce((sum, c) => sum + ((c.codePointAt(0) ?? 0) > 0x2e7f ? letter * 1.9 : letter), 0)
}

/** The column wide enough for its head and its register's words in the language shown. */
export function fitted(column: Column, head: string, words: readonly string[]): Column {
  const ofHead = drawnWidth(head, 7) + (column.sort ? 30 : 20)
  const longest = column.register && SHORT.has(column.register) ? Math.max(0, ...words.map((w) => drawnWidth(w, 7.2))) + 32 : 0
  const width = Math.min(WIDEST_WORD, Math.ceil(Math.max(ofHead, longest)))
  return width > column.width ? { ...column, width } : column
}

const BY_KEY = new Map(COLUMNS.map((c) => [c.key, c]))
export const columnOf = (key: string): Column | undefined => BY_KEY.get(key)

/** Keys that the export takes: the contract's field keys. */
const EXPORT_KEYS: Record<string, string> = {
  investment: 'total_investment',
  land: 'land_total',
  lead_org: 'lead_dept',
  lists: 'memberships',
}
export const exportKey = (key: string) => EXPORT_KEYS[key] ?? key

export interface Layout {
  /** Columns shown, in order. */
  shown: string[]
  widths: Record<string, number>
  dense: boolean
}

export const standardLayout: Layout = {
  shown: COLUMNS.filter((c) => c.standard).map((c) => c.key),
  widths: {},
  dense: false,
}

const NARROWEST = 48
const WIDEST = 640

/** A layout from storage: unknown columns are dropped, the name is always there and first, widths are sane. */
export function readLayout(stored: unknown): Layout {
  const s = (typeof stored === 'object' && stored !== null ? stored : {}) as Partial<Layout>
  const shown = Array.isArray(s.shown) ? s.shown.filter((k): k is string => BY_KEY.has(String(k))) : standardLayout.shown
  const widths: Record<string, number> = {}
  for (const [key, width] of Object.entries(s.widths ?? {})) {
    if (BY_KEY.has(key) && Number.isFinite(width)) widths[key] = clampWidth(width)
  }
  return { shown: withName(shown), widths, dense: s.dense === true }
}

export const clampWidth = (width: number) => Math.round(Math.max(NARROWEST, Math.min(WIDEST, width)))

const withName = (shown: string[]) => ['name', ...new Set(shown.filter((k) => k !== 'name'))]

export function toggleColumn(layout: Layout, key: string): Layout {
  const has = layout.shown.includes(key)
  return { ...layout, shown: withName(has ? layout.shown.filter((k) => k !== key) : [...layout.shown, key]) }
}

/** Moves a column by `by` places among the shown ones; the name stays first. */
export function moveColumn(layout: Layout, key: string, by: number): Layout {
  const from = layout.shown.indexOf(key)
  const to = Math.max(1, Math.min(layout.shown.length - 1, from + by))
  if (from < 1 || to === from) return layout
  const shown = layout.shown.filter((k) => k !== key)
  shown.splice(to, 0, key)
  return { ...layout, shown }
}

export const widthOf = (layout: Layout, column: Column) => layout.widths[column.key] ?? column.width
export const shownColumns = (layout: Layout): Column[] => layout.shown.flatMap((k) => BY_KEY.get(k) ?? [])
