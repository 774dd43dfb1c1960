// Queries and acts of an import. Rows are fetched by pages of what is in sight.
import { useCallback, useMemo, useState } from 'react'
import { skipToken, useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { freshKey, get, Refused, send, type Trouble } from '../../shared/api'
import { runsOf } from './outline'
import type { Committed, ImportLine, ImportRow, ImportRows, ImportRun, ImportState, MappingChoice, Undone } from './types'
import { UploadRefused, type Refusal } from './upload'
import type { Words } from './words'

const PAGE = 200
const NO_ROWS: readonly ImportRow[] = []
/** When the server sends no runs, all rows are read once, in pages this long. */
const SWEEP = 1000

const keys = {
  list: ['imports'] as const,
  one: (id: string) => ['imports', id] as const,
  done: (id: string) => ['imports', id, 'done'] as const,
  rows: (state: ImportState) => ['imports', state.id, 'rows', reading(state)] as const,
}

/** Changes when the sheet is read in another way, so that its rows are fetched again. */
function reading(state: ImportState): string {
  const columns = state.columns.map((c) => `${c.field ?? ''}${c.unit ?? ''}`).join(',')
  return [state.sheet, state.header.first, state.header.last, state.year, state.list?.kind, state.stage_default, columns, Object.values(state.counts).join()].join('|')
}

export const problemSheetUrl = (id: string) => `/api/v1/imports/${id}/problems.xlsx`

export function useImports() {
  return useQuery({ queryKey: keys.list, queryFn: () => get<ImportLine[]>('/imports') })
}

export function useImport(id: string) {
  return useQuery({ queryKey: keys.one(id), queryFn: () => get<ImportState>(`/imports/${id}`), retry: false, staleTime: 30_000 })
}

/** Puts a fresh import where its page will look for it. */
export function useRememberImport() {
  const client = useQueryClient()
  return useCallback((state: ImportState) => client.setQueryData(keys.one(state.id), state), [client])
}

export function useDiscard() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => send<void>('DELETE', `/imports/${id}`),
    onSettled: () => client.invalidateQueries({ queryKey: keys.list, exact: true }),
  })
}

export function useSaveMapping(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (choice: MappingChoice) => send<ImportState>('PUT', `/imports/${id}/mapping`, choice).then((sent) => sent.body),
    onSuccess: (state) => client.setQueryData(keys.one(id), state),
  })
}

export function useCommit(id: string) {
  const client = useQueryClient()
  // One key for the life of the page: a repeated press or a retry commits once.
  const [once] = useState(freshKey)
  return useMutation({
    mutationFn: (expect_rows: number) => send<Committed>('POST', `/imports/${id}/commit`, { expect_rows }, once).then((sent) => sent.body),
    onSuccess: (done) => {
      client.setQueryData(keys.done(id), done)
      client.setQueryData<ImportState>(keys.one(id), (state) => state && { ...state, state: 'committed', committed_feed: done.feed })
      void client.invalidateQueries({ predicate: (q) => q.queryKey[0] !== 'imports' || q.queryKey.length === 1 })
    },
    // Somebody else may have committed it, or changed a project under it: show how it stands now.
    onError: () => client.invalidateQueries({ queryKey: keys.one(id) }),
  })
}

/** What this window's commit wrote; unknown to a window that opens the import later. */
export function useDone(id: string): Committed | undefined {
  return useQuery<Committed>({ queryKey: keys.done(id), queryFn: skipToken, staleTime: Infinity }).data
}

export function useUndo() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (feed: number) => send<Undone>('POST', `/transactions/${feed}/undo`).then((sent) => sent.body),
    onSuccess: () => client.invalidateQueries({ predicate: (q) => q.queryKey[0] !== 'imports' }),
  })
}

const fetchRows = (id: string, from: number, limit: number) => get<ImportRows>(`/imports/${id}/rows`, { from, limit })

/** Every sheet row run-length coded: as the server says, or else found by reading all rows once. */
export function useRuns(state: ImportState): readonly ImportRun[] | undefined {
  const total = state.sheets[state.sheet]?.rows ?? 0
  const swept = useQuery({
    queryKey: [...keys.rows(state), 'runs'],
    enabled: !state.runs,
    staleTime: Infinity,
    queryFn: async () => {
      const rows: ImportRow[] = []
      for (let from = 0; from < total; from += SWEEP) rows.push(...(await fetchRows(state.id, from, SWEEP)).rows)
      return runsOf(rows)
    },
  })
  return state.runs ?? swept.data
}

/** Rows by their number, fetched as they come into sight. */
export function useRows(state: ImportState): { row: (row: number) => ImportRow | undefined; firstPage: readonly ImportRow[]; onSight: (rows: readonly number[]) => void } {
  const [pages, setPages] = useState<readonly number[]>([0])
  const onSight = useCallback((rows: readonly number[]) => {
    const wanted = [...new Set(rows.map((row) => Math.floor((row - 1) / PAGE)))]
    setPages((now) => (wanted.every((p) => now.includes(p)) ? now : [...new Set([...now, ...wanted])]))
  }, [])
  const answers = useQueries({
    queries: pages.map((page) => ({ queryKey: [...keys.rows(state), page], queryFn: () => fetchRows(state.id, page * PAGE, PAGE), staleTime: Infinity })),
    combine: (all) => all.map((a) => a.data),
  })
  const byRow = useMemo(() => {
    const found = new Map<number, ImportRow>()
    for (const answer of answers) for (const row of answer?.rows ?? []) found.set(row.row, row)
    return found
  }, [answers])
  const row = useCallback((at: number) => byRow.get(at), [byRow])
  const firstPage = answers[0]?.rows ?? NO_ROWS
  return { row, onSight, firstPage }
}

/** How many changed rows the side panel lists at most. */
const CHANGES_LISTED = 500

/** The changed rows themselves, for the list beside the sheet. */
export function useChangedRows(state: ImportState, runs: readonly ImportRun[] | undefined): readonly ImportRow[] {
  const pages = useMemo(() => {
    const wanted = new Set<number>()
    let left = CHANGES_LISTED
    for (const run of runs ?? []) {
      if (run.outcome !== 'change') continue
      for (let row = run.from; row <= run.to && left > 0; row++, left--) wanted.add(Math.floor((row - 1) / PAGE))
    }
    return [...wanted]
  }, [runs])
  const answers = useQueries({
    queries: pages.map((page) => ({ queryKey: [...keys.rows(state), page], queryFn: () => fetchRows(state.id, page * PAGE, PAGE), staleTime: Infinity })),
    combine: (all) => all.map((a) => a.data),
  })
  return useMemo(() => answers.flatMap((a) => a?.rows ?? []).filter((r) => r.outcome === 'change').slice(0, CHANGES_LISTED), [answers])
}

/** Any failure as a title and a remedy: the server's own words where it sent some. */
export function refusalOf(error: unknown, w: Words): Refusal & { status: number } {
  const status = error instanceof Refused || error instanceof UploadRefused ? error.status : 0
  const body = (error instanceof Refused || error instanceof UploadRefused ? error.problem : null) as Partial<Trouble> | null
  if (!body?.title) return { status, code: 'network', title: w.network, remedy: w.networkRemedy }
  const first = body.problems?.[0]
  return {
    status,
    code: first?.code ?? body.code ?? '',
    title: first?.title ?? body.title,
    remedy: first?.remedy ?? body.detail ?? '',
  }
}
