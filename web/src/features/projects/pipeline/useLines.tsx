/** The list behind the grid: counts first, then rows page by page as they come into view, group by group. */
import { useInfiniteQuery, useQueries } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { JUMP_PAGE, jumpQuery, type RowsAsk, rowsQuery, useFacets, useTotals } from '../api/queries'
import type { Count, Row } from '../api/types'
import { groupBy, Lines, type Segment, type Span } from '../model/lines'
import { apiText, type Grouping, type Query } from '../model/query'

/** Grouped by a heading that only rows carry, the list must be here whole; offices' lists are far below this. */
const WHOLE_AT_MOST = 5_000
/** Rows further below what is loaded than this are fetched by their place, not by reading all before them. */
const FAR = 2_500
/** The API's key for "not filled in". */
export const MISSING = '-'

/** How groups are called and ordered: the registers know. */
export interface Naming {
  titleOf: (grouping: Grouping, key: string | null) => string
  orderOf: (grouping: Grouping, key: string) => number
}

export interface Loaded<R = Row> {
  lines: Lines<R>
  segments: readonly Segment<R>[]
  /** One ask a segment: what its rows and its subtotal are asked with. */
  asks: readonly string[]
  loading: boolean
  error: unknown
  /** Tells which lines are on screen, so that their rows are fetched. */
  want: (first: number, end: number) => void
  loaders: React.ReactNode
  toggle: (key: string) => void
  tooManyToGroup: boolean
  /** Rows a jump is waiting for, by their numbers in the group. */
  awaited: Span | null
}

interface Plan {
  key: string
  title: string | null
  count: number
  params: string
}

/** What any line is grouped by when only it knows. */
interface Grouped {
  group: string | null
}

export function useLines<R extends Grouped = Row>(query: Query, asOf: string | null, naming: Naming, of?: RowsAsk['of']): Loaded<R> {
  const base = apiText(query)
  const totals = useTotals(base, asOf)
  const byFacet = query.group && query.group !== 'group' ? query.group : null
  const facets = useFacets(base, byFacet, asOf)
  const counts = byFacet ? facets.data?.[byFacet] : undefined
  const plans = usePlans(query, base, totals.data?.rows, counts, naming)

  const [pages, setPages] = useState<Record<string, R[]>>({})
  const [needs, setNeeds] = useState<Record<string, number>>({})
  const [jumps, setJumps] = useState<Record<string, Span>>({})
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  const report = useCallback((params: string, rows: R[]) => {
    setPages((p) => (p[params] === rows ? p : { ...p, [params]: rows }))
  }, [])

  const whole = query.group === 'group'
  const tooManyToGroup = whole && (totals.data?.rows ?? 0) > WHOLE_AT_MOST
  const segments = useMemo(
    () => (whole && !tooManyToGroup ? listGroups(plans, pages, folded, naming) : plans.map((p) => segmentOf(p, pages, folded))),
    [plans, pages, folded, whole, tooManyToGroup, naming],
  )
  const lines = useMemo(() => new Lines(segments), [segments])

  const want = useCallback(
    (first: number, end: number) => {
      if (whole) return
      const wanted = lines.wanted(first, end)
      if (!wanted.size) return
      const near = new Map([...wanted].filter(([s, span]) => span.from <= loadedOf(segments[s]) + FAR))
      setNeeds((known) => raise(known, near, plans))
      setJumps((known) => landing(known, new Map([...wanted].filter(([s]) => !near.has(s))), plans))
    },
    [lines, segments, plans, whole],
  )

  const all = whole && !tooManyToGroup
  const loaders = plans.map((p) => (
    <Loader<R>
      key={`${p.params}|${query.sort ?? ''}`}
      ask={{ params: p.params, sort: query.sort, asOf, of }}
      need={all ? p.count : (needs[p.params] ?? (plans.length === 1 ? 1 : 0))}
      jump={jumps[p.params]}
      report={report}
    />
  ))
  const awaited = plans.flatMap((p, s) => {
    const jump = jumps[p.params]
    return jump && segments[s]?.rows[jump.from] === undefined ? [jump] : []
  })
  return {
    lines,
    segments,
    asks: whole ? segments.map(() => '') : plans.map((p) => p.params),
    loading: totals.isPending || (byFacet !== null && facets.isPending),
    error: totals.error ?? facets.error,
    want,
    loaders,
    toggle: (key) => setFolded((f) => flipped(f, key)),
    tooManyToGroup,
    awaited: awaited[0] ?? null,
  }
}

const flipped = (set: ReadonlySet<string>, key: string) => {
  const next = new Set(set)
  if (!next.delete(key)) next.add(key)
  return next
}

/** How many rows are here without a hole. */
function loadedOf(segment: Segment<unknown> | undefined): number {
  const hole = segment?.rows.findIndex((r) => r === undefined) ?? -1
  return hole < 0 ? (segment?.rows.length ?? 0) : hole
}

function landing(known: Record<string, Span>, wanted: Map<number, Span>, plans: Plan[]): Record<string, Span> {
  let next = known
  for (const [s, span] of wanted) {
    const params = plans[s]?.params
    if (params !== undefined) next = { ...next, [params]: span }
  }
  return next
}

function raise(known: Record<string, number>, wanted: Map<number, Span>, plans: Plan[]): Record<string, number> {
  let next = known
  for (const [s, { upto }] of wanted) {
    const params = plans[s]?.params
    if (params === undefined || (known[params] ?? 0) >= upto) continue
    next = { ...next, [params]: upto }
  }
  return next
}

function usePlans(
  query: Query,
  base: string,
  rows: number | undefined,
  counts: Count[] | undefined,
  { titleOf, orderOf }: Naming,
): Plan[] {
  return useMemo(() => {
    if (!query.group || query.group === 'group') return rows === undefined ? [] : [{ key: 'all', title: null, count: rows, params: base }]
    const grouping = query.group
    return (counts ?? [])
      .filter((c) => c.rows > 0)
      .map((c) => ({ key: c.key ?? MISSING, title: titleOf(grouping, c.key ?? null), count: c.rows, params: within(base, grouping, c.key ?? null) }))
      .sort((a, b) => Number(a.key === MISSING) - Number(b.key === MISSING) || orderOf(grouping, a.key) - orderOf(grouping, b.key))
  }, [query.group, base, rows, counts, titleOf, orderOf])
}

/** The filter of one group: the list's own, narrowed to the group's key. */
function within(base: string, grouping: Grouping, key: string | null): string {
  const params = new URLSearchParams(base)
  const given = params.get(grouping)?.split(',')
  const narrower = key === null ? [MISSING] : grouping === 'industry' && given ? given.filter((g) => g.startsWith(key)) : [key]
  params.set(grouping, (narrower.length ? narrower : [key ?? MISSING]).join(','))
  return params.toString()
}

const segmentOf = <R,>(p: Plan, pages: Record<string, R[]>, folded: ReadonlySet<string>): Segment<R> => ({
  key: p.key,
  title: p.title,
  count: p.count,
  rows: pages[p.params] ?? [],
  collapsed: folded.has(p.key),
})

function listGroups<R extends Grouped>(
  plans: Plan[],
  pages: Record<string, R[]>,
  folded: ReadonlySet<string>,
  { titleOf }: Naming,
): Segment<R>[] {
  const rows = plans.flatMap((p) => pages[p.params] ?? [])
  return groupBy(rows, (r) => r.group).map(({ key, rows: members }) => ({
    key: key ?? MISSING,
    title: titleOf('group', key),
    count: members.length,
    rows: members,
    collapsed: folded.has(key ?? MISSING),
  }))
}

/** Fetches one segment's pages until what is on screen is there, and the pages that a jump lands on. */
function Loader<R>({ ask, need, jump, report }: { ask: RowsAsk; need: number; jump: Span | undefined; report: (params: string, rows: R[]) => void }) {
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = useInfiniteQuery({ ...rowsQuery<R>(ask), enabled: need > 0 })
  const offsets = jump ? pagesOf(jump) : []
  const landed = useQueries({ queries: offsets.map((offset) => jumpQuery<R>(ask, offset)), combine: itemsOf<R> })
  const rows = useMemo(() => data?.pages.flatMap((p) => p.items), [data])
  const first = offsets[0] ?? 0
  const whole = useMemo(() => rows && withLanded(rows, landed, first), [rows, landed, first])
  useEffect(() => {
    if (whole) report(ask.params, whole)
  }, [whole, ask.params, report])
  const short = rows !== undefined && rows.length < need && hasNextPage && !isFetching && !isError
  useEffect(() => {
    if (short) void fetchNextPage()
  }, [short, fetchNextPage])
  return null
}

/** The offsets of the pages that hold a span. */
export function pagesOf({ from, upto }: Span): number[] {
  const first = Math.floor(from / JUMP_PAGE)
  const last = Math.floor(Math.max(from, upto - 1) / JUMP_PAGE)
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * JUMP_PAGE)
}

const itemsOf = <R,>(results: { data?: { pages: { items: R[] }[] } }[]): (R[] | undefined)[] => results.map((r) => r.data?.pages[0]?.items)

/** Rows from the top with those of a jump in their places; what lies between stays a hole. */
export function withLanded<R>(rows: R[], landed: readonly (R[] | undefined)[], first: number): R[] {
  if (landed.every((items) => items === undefined)) return rows
  const all = rows.slice()
  for (const [page, items] of landed.entries()) for (const [i, row] of (items ?? []).entries()) all[first + page * JUMP_PAGE + i] ??= row
  return all
}
