/** All rows of a question, page after page, so that the map fills while it is read. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { get, keys } from '../../../shared/api'
import type { ListedRow } from './portfolio'

interface Page {
  items: ListedRow[]
  next: string | null
}

const PAGE = 500
/** What is the map's own in the address and no filter of the list. */
const OURS = new Set(['open', 'group', 'sort', 'by', 'order', 'paper'])

export function filtersOf(params: URLSearchParams): string {
  const kept = [...params].filter(([key, value]) => !OURS.has(key) && value !== '').sort(([a], [b]) => a.localeCompare(b))
  return new URLSearchParams(kept).toString()
}

export function useAllRows(filters: string) {
  const query = useInfiniteQuery({
    queryKey: [...keys.projects, 'map', filters],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const ask = new URLSearchParams(filters)
      ask.set('limit', String(PAGE))
      if (pageParam) ask.set('after', pageParam)
      return get<Page>(`/projects?${ask.toString()}`, undefined, signal)
    },
    getNextPageParam: (last) => last.next,
    staleTime: 60_000,
  })
  const { hasNextPage, isFetching, isError, fetchNextPage, data } = query
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage()
  }, [hasNextPage, isFetching, isError, fetchNextPage])
  const rows = useMemo(() => data?.pages.flatMap((p) => p.items) ?? [], [data])
  return { ...query, rows, complete: data !== undefined && !hasNextPage }
}
