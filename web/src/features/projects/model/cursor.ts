/** The cell cursor, the block that Shift stretches, and the window of lines that are drawn. */

export interface Cell {
  line: number
  column: number
}

export interface Cursor {
  at: Cell
  /** The other corner of the block; equal to `at` when one cell is selected. */
  anchor: Cell
}

export interface Bounds {
  lines: number
  columns: number
  /** Lines that PageUp and PageDown move by. */
  page: number
  /** Lines the cursor does not rest on (group heads). */
  skips?: (line: number) => boolean
}

export type Move = 'up' | 'down' | 'left' | 'right' | 'home' | 'end' | 'top' | 'bottom' | 'pageUp' | 'pageDown'

const clamp = (n: number, max: number) => Math.max(0, Math.min(n, max))

/** The cursor after a key; `stretch` (Shift) keeps the anchor. */
export function move(cursor: Cursor, key: Move, bounds: Bounds, stretch = false): Cursor {
  const at = target(cursor.at, key, bounds)
  return { at, anchor: stretch ? cursor.anchor : at }
}

function target({ line, column }: Cell, key: Move, bounds: Bounds): Cell {
  const lastLine = bounds.lines - 1
  const lastColumn = bounds.columns - 1
  const to = (wanted: number, direction: 1 | -1) => rest(wanted, direction, line, bounds)
  switch (key) {
    case 'left':
      return { line, column: clamp(column - 1, lastColumn) }
    case 'right':
      return { line, column: clamp(column + 1, lastColumn) }
    case 'home':
      return { line, column: 0 }
    case 'end':
      return { line, column: lastColumn }
    case 'up':
      return { line: to(line - 1, -1), column }
    case 'down':
      return { line: to(line + 1, 1), column }
    case 'pageUp':
      return { line: to(line - bounds.page, -1), column }
    case 'pageDown':
      return { line: to(line + bounds.page, 1), column }
    case 'top':
      return { line: to(0, 1), column: 0 }
    case 'bottom':
      return { line: to(lastLine, -1), column: lastColumn }
  }
}

/** The nearest line to `wanted` on which the cursor may rest: onward first, then back, else where it was. */
function rest(wanted: number, direction: 1 | -1, from: number, { lines, skips }: Bounds): number {
  if (lines === 0) return 0
  const start = clamp(wanted, lines - 1)
  if (!skips) return start
  for (let l = start; l >= 0 && l < lines; l += direction) if (!skips(l)) return l
  for (let l = start; l >= 0 && l < lines; l -= direction) if (!skips(l)) return l
  return from
}

/** The cursor brought back into a list that has become shorter, and off a group's head. */
export function inside(cursor: Cursor, bounds: Bounds): Cursor {
  const fits = ({ line, column }: Cell) => line < bounds.lines && column < bounds.columns
  if (fits(cursor.at) && fits(cursor.anchor) && !bounds.skips?.(cursor.at.line)) return cursor
  const line = rest(cursor.at.line, 1, 0, bounds)
  const at = { line, column: clamp(cursor.at.column, Math.max(0, bounds.columns - 1)) }
  return { at, anchor: at }
}

export interface Range {
  top: number
  bottom: number
  left: number
  right: number
}

export function block({ at, anchor }: Cursor): Range {
  return {
    top: Math.min(at.line, anchor.line),
    bottom: Math.max(at.line, anchor.line),
    left: Math.min(at.column, anchor.column),
    right: Math.max(at.column, anchor.column),
  }
}

export const isOneCell = (range: Range) => range.top === range.bottom && range.left === range.right

export const holds = (range: Range, line: number, column: number) =>
  line >= range.top && line <= range.bottom && column >= range.left && column <= range.right

export interface Shown {
  first: number
  /** One past the last. */
  end: number
}

/** Lines to draw for a scroll position, with some beyond either edge so that scrolling shows no gap. */
export function shown(scrollTop: number, height: number, lineHeight: number, lines: number, beyond = 8): Shown {
  const first = clamp(Math.floor(scrollTop / lineHeight) - beyond, Math.max(0, lines - 1))
  const end = Math.min(lines, Math.ceil((scrollTop + height) / lineHeight) + beyond)
  return { first, end: Math.max(first, end) }
}

/** Where to scroll so that a line is wholly visible between sticky head and foot; `null` when it is already. */
export function reveal(line: number, scrollTop: number, height: number, lineHeight: number): number | null {
  const top = line * lineHeight
  if (top < scrollTop) return top
  if (top + lineHeight > scrollTop + height) return top + lineHeight - height
  return null
}
