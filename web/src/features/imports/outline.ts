// The sheet as lines on the screen: every row of the office's sheet, old values under changed rows,
// and one line for each long run of rows that stay as they are.
import type { ImportKind, ImportOutcome, ImportRow, ImportRun } from './types'

export type Line =
  | { type: 'row'; row: number; kind: ImportKind; outcome: ImportOutcome }
  | { type: 'old'; row: number }
  | { type: 'fold'; row: number; to: number; open: boolean }

/** Shorter runs of unchanged rows are not worth folding. */
const FOLD_FROM = 6

/** Run-length codes rows; used when the server sent no runs of its own. */
export function runsOf(rows: readonly Pick<ImportRow, 'row' | 'kind' | 'outcome'>[]): ImportRun[] {
  const runs: ImportRun[] = []
  for (const { row, kind, outcome } of rows) {
    const last = runs.at(-1)
    if (last && last.to === row - 1 && last.kind === kind && last.outcome === outcome) last.to = row
    else runs.push({ from: row, to: row, kind, outcome })
  }
  return runs
}

/** Lines in sheet order. A fold is opened by the number of its first row. */
export function linesOf(runs: readonly ImportRun[], open: ReadonlySet<number>): Line[] {
  const lines: Line[] = []
  const rows = (from: number, to: number, run: ImportRun) => {
    for (let row = from; row <= to; row++) {
      lines.push({ type: 'row', row, kind: run.kind, outcome: run.outcome })
      if (run.outcome === 'change') lines.push({ type: 'old', row })
    }
  }
  for (const run of runs) {
    const folds = run.outcome === 'unchanged' && run.to - run.from + 1 >= FOLD_FROM
    if (folds) lines.push({ type: 'fold', row: run.from, to: run.to, open: open.has(run.from) })
    if (!folds || open.has(run.from)) rows(run.from, run.to, run)
  }
  return lines
}

/** The closed fold that hides a row, by its number; null when the row can be seen. */
export function hiddenBy(lines: readonly Line[], row: number): number | null {
  const line = lines[lineOfRow(lines, row)]
  return line?.type === 'fold' && !line.open ? line.row : null
}

/** The line that shows a sheet row: its own, or the fold that hides it. */
export function lineOfRow(lines: readonly Line[], row: number): number {
  let low = 0
  let high = lines.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (lines[middle]!.row <= row) low = middle
    else high = middle - 1
  }
  while (low > 0 && lines[low]!.type === 'old') low--
  return Math.max(0, low)
}

/** The next line a cursor may stand on, in steps of `by`. */
export function stepLine(lines: readonly Line[], from: number, by: number): number {
  const way = Math.sign(by)
  let at = from
  for (let left = Math.abs(by); left > 0; left--) {
    let next = at + way
    while (lines[next]?.type === 'old') next += way
    if (next < 0 || next >= lines.length) break
    at = next
  }
  return at
}

/** `E11` → column 4, row 11; null for what is no cell. */
export function cellAt(cell: string): { row: number; column: number } | null {
  const found = /^([A-Z]{1,3})(\d+)$/.exec(cell.toUpperCase())
  if (!found) return null
  let column = 0
  for (const char of found[1]!) column = column * 26 + char.charCodeAt(0) - 64
  return { row: Number(found[2]), column: column - 1 }
}

/** Column 4 → `E`. */
export function letterOf(column: number): string {
  let name = ''
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) name = String.fromCharCode(65 + ((rest - 1) % 26)) + name
  return name
}

export type Span = { column: number; span: number; text: string }

/** A figure stays in its own cell. */
const isFigure = (text: string) => /^[-+]?[\d,.]+\s*%?$/.test(text.trim())

/** A text row as a spreadsheet shows it: each text runs on over the empty cells to its right. */
export function spansOf(cells: readonly string[], columns: number): Span[] {
  const spans: Span[] = []
  for (let column = 0; column < columns; column++) {
    const text = cells[column] ?? ''
    const last = spans.at(-1)
    if (last && last.text && !text && !isFigure(last.text)) last.span++
    else spans.push({ column, span: 1, text })
  }
  return spans
}

/** A heading row above another: a text stands over the columns that have their own heading below it. */
export function headSpansOf(cells: readonly string[], below: readonly string[] | undefined, columns: number): Span[] {
  const spans: Span[] = []
  for (let column = 0; column < columns; column++) {
    const text = cells[column] ?? ''
    const last = spans.at(-1)
    const repeats = last && last.text && (text === last.text || (!text && below && below[column] && below[last.column]))
    if (last && repeats) last.span++
    else spans.push({ column, span: 1, text })
  }
  return spans
}
