/** Rows that change elsewhere: fetched anew, put in their place, and their changed cells lit once. */
import { type InfiniteData, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { fetchProject } from '../api/queries'
import type { Page, Row } from '../api/types'
import { COLUMNS } from '../model/columns'
import { useFeed } from '../shell'

type Pages = InfiniteData<Page<Row>, string | null>
export type Flashes = ReadonlyMap<string, ReadonlySet<string>>

const FLASH_MS = 1_600
/** Beyond this many rows at once, the list is read again instead. */
const ROW_BY_ROW = 12
const SETTLE_MS = 60

export function changedColumns(before: Row, after: Row): Set<string> {
  return new Set(COLUMNS.filter((c) => c.value(before) !== c.value(after)).map((c) => c.key))
}

/** A page set with one row replaced; the same object when the row is not in it. */
export function withRow(data: Pages | undefined, row: Row): Pages | undefined {
  if (!data) return data
  let found = false
  const pages = data.pages.map((page) => {
    const at = page.items.findIndex((r) => r.id === row.id)
    if (at < 0) return page
    found = true
    return { ...page, items: page.items.map((r, i) => (i === at ? row : r)) }
  })
  return found ? { ...data, pages } : data
}

export function useLive(find: (id: string) => Row | null, live: boolean): { flashed: Flashes; putRow: (row: Row) => void; refresh: () => void } {
  const client = useQueryClient()
  const [flashed, setFlashed] = useState<Flashes>(new Map())
  const findNow = useRef(find)
  useEffect(() => {
    findNow.current = find
  })
  const timers = useRef(new Set<ReturnType<typeof setTimeout>>())

  const later = useCallback((run: () => void, ms: number) => {
    const timer = setTimeout(() => {
      timers.current.delete(timer)
      run()
    }, ms)
    timers.current.add(timer)
  }, [])
  useEffect(() => {
    const set = timers.current
    return () => set.forEach(clearTimeout)
  }, [])

  const putRow = useCallback(
    (row: Row) => {
      const before = findNow.current(row.id)
      client.setQueriesData<Pages>({ queryKey: ['projects', 'rows'] }, (data) => withRow(data, row))
      const columns = before && changedColumns(before, row)
      if (!columns?.size) return
      setFlashed((all) => new Map(all).set(row.id, columns))
      later(() => setFlashed((all) => without(all, row.id)), FLASH_MS)
    },
    [client, later],
  )

  const refresh = useCallback(() => {
    void client.invalidateQueries({ queryKey: ['projects', 'totals'] })
    void client.invalidateQueries({ queryKey: ['projects', 'facets'] })
  }, [client])

  const reread = useCallback(() => {
    void client.invalidateQueries({ queryKey: ['projects', 'rows'] })
    refresh()
  }, [client, refresh])

  const waiting = useRef(new Set<string>())
  const settle = useCallback(async () => {
    const ids = [...waiting.current]
    waiting.current.clear()
    const known = ids.filter((id) => findNow.current(id))
    void client.invalidateQueries({ queryKey: ['projects', 'one'] })
    if (ids.length > ROW_BY_ROW) return reread()
    for (const view of await Promise.allSettled(known.map(fetchProject))) if (view.status === 'fulfilled') putRow(view.value.row)
    refresh()
    // A project this list does not show yet: it may belong into it now.
    if (known.length < ids.length) void client.invalidateQueries({ queryKey: ['projects', 'rows'] })
  }, [client, putRow, refresh, reread])

  useFeed(
    useCallback(
      (ids: string[] | null) => {
        if (!live) return
        if (ids === null) return reread()
        const first = waiting.current.size === 0
        for (const id of ids) waiting.current.add(id)
        if (first) later(() => void settle(), SETTLE_MS)
      },
      [live, later, settle, reread],
    ),
  )
  return { flashed, putRow, refresh }
}

function without(all: Flashes, id: string): Flashes {
  const next = new Map(all)
  next.delete(id)
  return next
}
