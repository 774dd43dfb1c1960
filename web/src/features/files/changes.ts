// What of a difference a filter shows.
import type { ChangedRow } from './types'

export const FILTERS = ['all', 'added', 'deleted', 'dates', 'durations', 'links', 'progress', 'float', 'other'] as const
export type Filter = (typeof FILTERS)[number]

/** A row is shown with those of its fields that the filter is about. */
export function changesIn(rows: readonly ChangedRow[], filter: Filter): ChangedRow[] {
  if (filter === 'all') return [...rows]
  if (filter === 'added' || filter === 'deleted') return rows.filter((r) => r.kind === filter)
  return rows.flatMap((r) => {
    const fields = r.fields.filter((f) => f.topic === filter)
    return fields.length ? [{ ...r, fields }] : []
  })
}

export const counted = (rows: readonly ChangedRow[]): Record<Filter, number> =>
  Object.fromEntries(FILTERS.map((f) => [f, changesIn(rows, f).length])) as Record<Filter, number>
