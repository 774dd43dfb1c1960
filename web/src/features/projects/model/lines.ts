/**
 * The grid's lines: rows as they arrive page by page, under group heads where the office groups them.
 *
 * A segment is one group (or the whole list). Its count is known before its rows are, so that the scroll bar
 * tells the truth; a line whose row has not arrived yet is drawn as a skeleton.
 */

export interface Segment<R> {
  key: string
  /** `null` for the one segment of an ungrouped list. */
  title: string | null
  count: number
  /** By their place in the group; after a jump there are holes before those that have arrived. */
  rows: readonly R[]
  collapsed?: boolean
}

/** Rows of one segment, from 0; `upto` is the first beyond. */
export interface Span {
  from: number
  upto: number
}

export type Line<R> =
  | { kind: 'group'; segment: number; key: string; title: string; ordinal: number; count: number; collapsed: boolean }
  | { kind: 'row'; segment: number; index: number; ordinal: number; row: R | null }

/** Lines by index without building 100,000 objects: only the segments' offsets are kept. */
export class Lines<R> {
  readonly length: number
  private readonly starts: number[] = []
  private readonly ordinals: number[] = []

  constructor(private readonly segments: readonly Segment<R>[]) {
    let line = 0
    let ordinal = 1
    for (const segment of segments) {
      this.starts.push(line)
      this.ordinals.push(ordinal)
      line += headOf(segment) + (segment.collapsed ? 0 : segment.count)
      ordinal += segment.count
    }
    this.length = line
  }

  at(line: number): Line<R> | null {
    const s = this.segmentAt(line)
    const segment = this.segments[s]
    if (!segment || line < 0 || line >= this.length) return null
    const offset = line - (this.starts[s] ?? 0) - headOf(segment)
    if (offset < 0) {
      const { key, title, count, collapsed } = segment
      return { kind: 'group', segment: s, key, title: title ?? '', ordinal: s + 1, count, collapsed: collapsed ?? false }
    }
    return {
      kind: 'row',
      segment: s,
      index: offset,
      ordinal: (this.ordinals[s] ?? 1) + offset,
      row: segment.rows[offset] ?? null,
    }
  }

  /** The row at a line, `null` for a head or a row still on its way. */
  row(line: number): R | null {
    const found = this.at(line)
    return found?.kind === 'row' ? found.row : null
  }

  /** The line of a row, −1 when it is not loaded or folded away. */
  find(wanted: (row: R) => boolean): number {
    for (const [s, segment] of this.segments.entries()) {
      if (segment.collapsed) continue
      const index = segment.rows.findIndex((r) => r !== undefined && wanted(r))
      if (index >= 0) return (this.starts[s] ?? 0) + headOf(segment) + index
    }
    return -1
  }

  /** Per segment, which of its rows must be loaded for the lines from `first` to `end` to be drawn. */
  wanted(first: number, end: number): Map<number, Span> {
    const needs = new Map<number, Span>()
    for (const [s, segment] of this.segments.entries()) {
      if (segment.collapsed) continue
      const start = (this.starts[s] ?? 0) + headOf(segment)
      const span = { from: Math.max(0, first - start), upto: Math.min(end - start, segment.count) }
      if (span.from < span.upto && hasHole(segment.rows, span)) needs.set(s, span)
    }
    return needs
  }

  private segmentAt(line: number): number {
    let low = 0
    let high = this.starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.starts[middle] ?? 0) <= line) low = middle
      else high = middle - 1
    }
    return low
  }
}

function hasHole<R>(rows: readonly R[], { from, upto }: Span): boolean {
  for (let i = from; i < upto; i++) if (rows[i] === undefined) return true
  return false
}

const headOf = <R>(segment: Segment<R>) => (segment.title === null ? 0 : 1)

const NUMERALS = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九']

/** 一、二、… 十二, … as offices number groups; good to 99. */
export function chineseNumeral(n: number): string {
  if (n < 10) return NUMERALS[n] ?? String(n)
  if (n > 99) return String(n)
  const tens = Math.floor(n / 10)
  const ones = n % 10
  return `${tens === 1 ? '' : NUMERALS[tens]}十${ones ? NUMERALS[ones] : ''}`
}

/** Groups loaded rows by a heading, in order of first appearance; those without one come last. */
export function groupBy<R>(rows: readonly R[], heading: (row: R) => string | null): { key: string | null; rows: R[] }[] {
  const groups = new Map<string | null, R[]>()
  for (const row of rows) {
    const key = heading(row)
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return [...groups]
    .map(([key, members]) => ({ key, rows: members }))
    .sort((a, b) => Number(a.key === null) - Number(b.key === null))
}
