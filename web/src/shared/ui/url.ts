/** The URL holds the state: a screen can be sent to a colleague as it stands. */
import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'

export type Patch = Record<string, string | number | null | undefined>

/** `params` with some replaced; empty ones go. */
export function withParams(params: URLSearchParams, patch: Patch): URLSearchParams {
  const next = new URLSearchParams(params)
  for (const [key, value] of Object.entries(patch)) {
    if (value === null || value === undefined || value === '') next.delete(key)
    else next.set(key, String(value))
  }
  return next
}

/** One parameter as state. Setting it replaces the entry of the history unless `push` is asked for. */
export function useUrlState(key: string, options: { push?: boolean } = {}): [string | null, (value: string | null) => void] {
  const [params, setParams] = useSearchParams()
  const push = options.push ?? false
  const set = useCallback((value: string | null) => setParams((now) => withParams(now, { [key]: value }), { replace: !push }), [key, push, setParams])
  return [params.get(key), set]
}

/** What applies to every screen: place, year, as-of day, list. Kept when one goes from screen to screen. */
export interface Scope {
  division: string | null
  year: number | null
  as_of: string | null
  list: string | null
}

export function readScope(params: URLSearchParams): Scope {
  const year = Number(params.get('year'))
  const day = params.get('as_of')
  return {
    division: params.get('division') || null,
    year: Number.isInteger(year) && year >= 1990 && year <= 2100 ? year : null,
    as_of: day && /^\d{4}-\d\d-\d\d$/.test(day) ? day : null,
    list: params.get('list') || null,
  }
}

export function useScope(): { scope: Scope; setScope: (patch: Partial<Scope>) => void } {
  const [params, setParams] = useSearchParams()
  const scope = useMemo(() => readScope(params), [params])
  const setScope = useCallback((patch: Partial<Scope>) => setParams((now) => withParams(now, patch)), [setParams])
  return { scope, setScope }
}

/** A path with the scope and what else is asked: `/projects?division=…&due=start_overdue`. */
export function pathWith(path: string, scope: Scope | null, ask: Patch = {}): string {
  const text = withParams(new URLSearchParams(), { ...scope, ...ask }).toString()
  return text ? `${path}?${text}` : path
}
