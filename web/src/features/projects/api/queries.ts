/** What this feature asks the server, and what it tells it. Keys start with `projects`, so one invalidation reaches all. */
import { type InfiniteData, infiniteQueryOptions, keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { get, send, type Sent } from '../../../shared/api'
import type {
  BulkResult,
  CellEdit,
  CellsAnswer,
  Facets,
  JournalView,
  MatrixTotals,
  Page,
  ProjectView,
  Row,
  SavedView,
  StageResult,
  Totals,
} from './types'
import type { Edit } from '../model/paste'

const FIRST_PAGE = 200
const LATER_PAGE = 500

export interface RowsAsk {
  /** Filters as a query string. */
  params: string
  sort: string | null
  asOf: string | null
  /** The list itself, or its sheet of permits: the same rows in the same order. */
  of?: 'projects' | 'formalities/matrix'
}

export const keys = {
  all: ['projects'] as const,
  rows: (ask: RowsAsk) => ['projects', ask.of === 'formalities/matrix' ? 'matrix' : 'rows', ask.params, ask.sort, ask.asOf] as const,
  totals: (params: string, asOf: string | null) => ['projects', 'totals', params, asOf] as const,
  facets: (params: string, by: string | null, asOf: string | null) => ['projects', 'facets', params, by, asOf] as const,
  one: (id: string, asOf: string | null) => ['projects', 'one', id, asOf] as const,
  journal: (id: string) => ['projects', 'journal', id] as const,
  views: ['projects', 'views'] as const,
}

function withAsOf(params: string, asOf: string | null, more: Record<string, string | null> = {}): string {
  const all = new URLSearchParams(params)
  for (const [k, v] of Object.entries({ ...more, as_of: asOf })) if (v) all.set(k, v)
  const text = all.toString()
  return text ? `?${text}` : ''
}

export const rowsQuery = <R = Row>(ask: RowsAsk) =>
  infiniteQueryOptions({
    queryKey: keys.rows(ask),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      get<Page<R>>(
        `/${ask.of ?? 'projects'}${withAsOf(ask.params, ask.asOf, { sort: ask.sort, limit: String(pageParam ? LATER_PAGE : FIRST_PAGE), after: pageParam })}`,
        undefined,
        signal,
      ),
    getNextPageParam: (last) => last.next,
    staleTime: 60_000,
  })

/** Rows a jump fetches at once, at multiples of it. */
export const JUMP_PAGE = 500

/** One page far down, found by its place. In the form of a page set, so that live rows are put into it as well. */
export const jumpQuery = <R = Row>(ask: RowsAsk, offset: number) =>
  queryOptions({
    queryKey: [...keys.rows(ask), offset] as const,
    queryFn: async ({ signal }): Promise<InfiniteData<Page<R>, string | null>> => {
      const page = await get<Page<R>>(
        `/${ask.of ?? 'projects'}${withAsOf(ask.params, ask.asOf, { sort: ask.sort, limit: String(JUMP_PAGE), offset: String(offset) })}`,
        undefined,
        signal,
      )
      return { pages: [page], pageParams: [null] }
    },
    staleTime: 60_000,
  })

export const useTotals = (params: string, asOf: string | null, enabled = true) =>
  useQuery({
    queryKey: keys.totals(params, asOf),
    queryFn: ({ signal }) => get<Totals>(`/projects/totals${withAsOf(params, asOf)}`, undefined, signal),
    placeholderData: keepPreviousData,
    enabled,
  })

export const useFacets = (params: string, by: string | null, asOf: string | null) =>
  useQuery({
    queryKey: keys.facets(params, by, asOf),
    queryFn: ({ signal }) => get<Facets>(`/projects/facets${withAsOf(params, asOf, { by })}`, undefined, signal),
    enabled: by !== null,
  })

export const useProject = (id: string | null, asOf: string | null) =>
  useQuery({
    queryKey: keys.one(id ?? '', asOf),
    queryFn: ({ signal }) => get<ProjectView>(`/projects/${id}${withAsOf('', asOf)}`, undefined, signal),
    enabled: id !== null,
    placeholderData: keepPreviousData,
  })

export const journalQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: keys.journal(id),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      get<Page<JournalView>>(`/projects/${id}/journal${pageParam ? `?before=${encodeURIComponent(pageParam)}` : ''}`, undefined, signal),
    getNextPageParam: (last) => last.next,
  })

export const useViews = () => useQuery({ queryKey: keys.views, queryFn: ({ signal }) => get<SavedView[]>('/views', undefined, signal) })

export const useMatrixTotals = (params: string, by: string | null, asOf: string | null) =>
  useQuery({
    queryKey: ['projects', 'matrix-totals', params, by, asOf] as const,
    queryFn: ({ signal }) => get<MatrixTotals>(`/formalities/matrix/totals${withAsOf(params, asOf, { by })}`, undefined, signal),
    placeholderData: keepPreviousData,
  })

export const recordCells = (mode: 'preview' | 'commit', edits: CellEdit[]) => send<CellsAnswer>('POST', '/formalities/matrix', { mode, edits })

export const matrixFile = (kind: 'xlsx' | 'csv', params: string, sort: string | null, by: string | null, asOf: string | null) =>
  `/api/v1/formalities/matrix/export.${kind}${withAsOf(params, asOf, { sort, by })}`

export const fetchProject = (id: string) => get<ProjectView>(`/projects/${id}`)

export const patchProject = (id: string, seq: number, patch: Record<string, unknown>) =>
  send<ProjectView>('PATCH', `/projects/${id}`, { seq, patch })

export const bulkEdit = (mode: 'preview' | 'commit', edits: Edit[]) => send<BulkResult>('POST', '/projects/bulk-edit', { mode, edits })

export const undoTransaction = (feed: number) => send<{ feed: number; undone: number }>('POST', `/transactions/${feed}/undo`, {})

export const moveStage = (id: string, body: StageAsk) => send<StageResult>('POST', `/projects/${id}/stage`, body)

export interface StageAsk {
  mode: 'preview' | 'commit'
  seq: number
  to: string
  on: string
  basis: string
  passed: Record<string, string>
}

export const createProject = (draft: Record<string, unknown>) => send<ProjectView>('POST', '/projects', { draft })

/** Any recorded act: `/projects/{id}/{act}`. */
export const act = (id: string, name: string, body: Record<string, unknown>): Promise<Sent<unknown>> =>
  send('POST', `/projects/${id}/${name}`, body)

export const merge = (body: Record<string, unknown>) => send<ProjectView>('POST', '/projects/merge', body)

export const saveView = (view: Omit<SavedView, 'id' | 'mine'>) => send<SavedView>('POST', '/views', view)
export const deleteView = (id: string) => send<unknown>('DELETE', `/views/${id}`)

export const exportUrl = (params: string, sort: string | null, columns: string[], asOf: string | null) =>
  `/api/v1/projects/export.xlsx${withAsOf(params, asOf, { sort, columns: columns.join(',') })}`

export interface Org {
  id: string
  name: string
  aliases: string[]
  active: boolean
}

const NO_ORGS: readonly Org[] = []

/** Organisations that a duty can be given to; empty for readers who may not list them. */
export const useOrgs = (): readonly Org[] =>
  useQuery({ queryKey: ['orgs'], queryFn: () => get<Org[]>('/orgs'), staleTime: 60_000, retry: false }).data ?? NO_ORGS
