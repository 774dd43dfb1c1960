/** What is asked of the list: filters, sort, grouping. It lives in the URL, and the same text goes to the API. */

export const MULTI = ['stage', 'status', 'division', 'platform', 'industry', 'nature', 'procedure', 'holding', 'level'] as const
export type Multi = (typeof MULTI)[number]

const SINGLE = [
  'q',
  'code',
  'owner',
  'lead_org',
  'list',
  'list_state',
  'investment_min',
  'investment_max',
  'start_from',
  'start_to',
  'finish_from',
  'finish_to',
  'started_from',
  'started_to',
  'completed_from',
  'completed_to',
  'ramp_from',
  'ramp_to',
  'ramped_from',
  'ramped_to',
  'light',
  'late_from',
  'suggested_differs',
  'changed_since',
  'due',
] as const
export type Single = (typeof SINGLE)[number]
export type FilterKey = Multi | Single

export const GROUPINGS = ['stage', 'division', 'industry', 'group'] as const
export type Grouping = (typeof GROUPINGS)[number]

export interface Query {
  filters: Partial<Record<FilterKey, string>>
  sort: string | null
  group: Grouping | null
}

export const emptyQuery: Query = { filters: {}, sort: null, group: null }

const FILTER_KEYS: readonly FilterKey[] = [...MULTI, ...SINGLE]

export function readQuery(params: URLSearchParams): Query {
  const filters: Query['filters'] = {}
  for (const key of FILTER_KEYS) {
    const value = params.get(key)
    if (value) filters[key] = value
  }
  const group = params.get('group')
  return { filters, sort: params.get('sort'), group: GROUPINGS.find((g) => g === group) ?? null }
}

/** Replaces the query in `params`; other parameters (open card, as-of day) stay. */
export function writeQuery(params: URLSearchParams, query: Query): URLSearchParams {
  const next = new URLSearchParams(params)
  for (const key of FILTER_KEYS) setOrDrop(next, key, query.filters[key])
  setOrDrop(next, 'sort', query.sort)
  setOrDrop(next, 'group', query.group)
  return next
}

function setOrDrop(params: URLSearchParams, key: string, value: string | null | undefined) {
  if (value) params.set(key, value)
  else params.delete(key)
}

/** The filter parameters alone, in a fixed order: what totals, facets and export share. */
export function filterText(query: Query): string {
  return writeQuery(new URLSearchParams(), { ...query, sort: null, group: null }).toString()
}

/** The same for the API: a code is looked for among the words, which cover codes. */
export function apiText(query: Query): string {
  const words = [query.filters.q, query.filters.code].filter(Boolean).join(' ')
  return filterText(withFilter(withFilter(query, 'code', null), 'q', words || null))
}

/** The whole query as one line: what a saved view keeps. */
export function queryText(query: Query): string {
  return writeQuery(new URLSearchParams(), query).toString()
}

export function withFilter(query: Query, key: FilterKey, value: string | null): Query {
  const filters = { ...query.filters }
  if (value) filters[key] = value
  else delete filters[key]
  return { ...query, filters }
}

export const choices = (query: Query, key: Multi): string[] => query.filters[key]?.split(',') ?? []

/** First click ascending, second descending, third none; money and dates begin with the largest. */
export function nextSort(sort: string | null, key: string, largestFirst: boolean): string | null {
  const [first, second] = largestFirst ? [`-${key}`, key] : [key, `-${key}`]
  if (sort === first) return second
  return sort === second ? null : first
}

export function sortDirection(sort: string | null, key: string | undefined): 'ascending' | 'descending' | undefined {
  if (!key) return undefined
  if (sort === key) return 'ascending'
  return sort === `-${key}` ? 'descending' : undefined
}

export const QUICK_VIEWS = ['all', 'red', 'start_this_month', 'start_overdue', 'not_in_statistics', 'suggested', 'changed'] as const
export type QuickView = (typeof QUICK_VIEWS)[number]

/** The tab's filter, laid over nothing: a tab is a fresh start. */
export function quickQuery(view: QuickView, lastVisit: number): Query {
  switch (view) {
    case 'all':
      return emptyQuery
    case 'red':
      return { ...emptyQuery, filters: { light: 'red' }, sort: '-days_late' }
    case 'suggested':
      return { ...emptyQuery, filters: { suggested_differs: '1' } }
    case 'changed':
      return { ...emptyQuery, filters: { changed_since: String(lastVisit) } }
    default:
      return { ...emptyQuery, filters: { due: view } }
  }
}

/** The tab a query stands under, whatever else is filtered; `null` when none fits. */
export function quickViewOf(query: Query): QuickView | null {
  const { due, suggested_differs: differs, changed_since: changed, light } = query.filters
  if (differs) return 'suggested'
  if (changed) return 'changed'
  if (!due) return light === 'red' ? 'red' : 'all'
  return QUICK_VIEWS.find((v) => v === due) ?? null
}
