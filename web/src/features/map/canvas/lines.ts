/** Rows down: one line a row, with a head line for each group, folded groups left out. */
import type { Span } from './day'
import type { MapGroup, MapModel, MapRow } from './model'

export type Line =
  | { kind: 'group'; group: MapGroup; span: Span | null; folded: boolean }
  | { kind: 'row'; row: MapRow; group: MapGroup; place: number }

export interface Lines {
  lines: readonly Line[]
  /** Row id → its line. */
  at: ReadonlyMap<string, number>
}

export function linesOf(model: MapModel, folded: ReadonlySet<string>): Lines {
  const lines: Line[] = []
  const at = new Map<string, number>()
  for (const group of model.groups) {
    const closed = folded.has(group.key)
    if (group.title) lines.push({ kind: 'group', group, span: spanOf(group.rows), folded: closed })
    if (closed) continue
    group.rows.forEach((row, place) => {
      at.set(row.id, lines.length)
      lines.push({ kind: 'row', row, group, place })
    })
  }
  return { lines, at }
}

export function spanOf(rows: readonly MapRow[]): Span | null {
  let from = Infinity
  let until = -Infinity
  for (const row of rows) {
    from = Math.min(from, row.start)
    until = Math.max(until, row.finish)
  }
  return rows.length ? { from, until } : null
}

/** Lines to draw for a scroll position. */
export function windowOf(top: number, height: number, rowHeight: number, count: number, beyond = 0): { first: number; end: number } {
  const first = Math.max(0, Math.min(count, Math.floor(top / rowHeight)) - beyond)
  return { first, end: Math.max(first, Math.min(count, Math.ceil((top + height) / rowHeight) + beyond)) }
}

/** Where to scroll so that a line is wholly seen; `null` when it is. */
export function scrollFor(line: number, top: number, height: number, rowHeight: number): number | null {
  const y = line * rowHeight
  if (y < top) return y
  return y + rowHeight > top + height ? y + rowHeight - height : null
}
