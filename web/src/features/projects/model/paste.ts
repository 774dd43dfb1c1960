/** A pasted block laid over rows and columns: what would change, and every cell that cannot be read. */
import type { Row } from '../api/types'
import type { Block } from './clipboard'
import type { Column } from './columns'
import type { Units } from '../../../shared/ui'
import { type Choice, type ReadProblem, type Reading, isBlank, readChoice, readDay, readPeriod } from './values'

export interface CellChange {
  line: number
  row: Row
  column: Column
  field: string
  before: string | number | null
  after: string | number | null
}

export interface CellProblem {
  line: number
  row: Row | null
  column: Column | null
  code: ReadProblem
  found: string
}

export interface Edit {
  id: string
  seq: number
  patch: Record<string, unknown>
}

export interface Laid {
  changes: CellChange[]
  problems: CellProblem[]
  /** Cells that already hold the value. */
  same: number
  edits: Edit[]
}

export interface Desk {
  rowAt: (line: number) => Row | null
  isHead: (line: number) => boolean
  lines: number
  columns: readonly Column[]
  choicesOf: (column: Column) => readonly Choice[]
  units: Units
  year: number
}

/** Reads one cell's text for a column. */
export function readCell(text: string, column: Column, choices: readonly Choice[], units: Units, year: number): Reading<string | number> {
  if (!column.field) return { ok: false, code: 'not_editable', found: text }
  switch (column.kind) {
    case 'money':
      return units.readMoney(text)
    case 'area':
      return units.readLand(text)
    case 'period':
      return readPeriod(text, year)
    case 'day':
      return readDay(text, year)
    case 'choice':
      return column.required && isBlank(text) ? { ok: false, code: 'not_empty', found: text } : readChoice(text, choices)
    default:
      return { ok: true, value: text.trim() === '' ? null : text.trim() }
  }
}

/** Lays a block with its first cell at `line`, `column`. Group heads are passed over, as they are no rows of the sheet. */
export function lay(block: Block, line: number, column: number, desk: Desk): Laid {
  const laid: Laid = { changes: [], problems: [], same: 0, edits: [] }
  const edits = new Map<string, Edit>()
  let at = line
  for (const cells of block) {
    while (at < desk.lines && desk.isHead(at)) at++
    const row = desk.rowAt(at)
    for (const [i, text] of cells.entries()) layCell(text, at, row, desk.columns[column + i] ?? null, desk, laid, edits)
    at++
  }
  laid.edits = [...edits.values()]
  return laid
}

function layCell(
  text: string,
  line: number,
  row: Row | null,
  column: Column | null,
  desk: Desk,
  laid: Laid,
  edits: Map<string, Edit>,
) {
  if (!row || !column) {
    if (text.trim() !== '') laid.problems.push({ line, row, column, code: 'outside', found: text })
    return
  }
  const before = column.value(row)
  if (!column.field && (text.trim() === '' || sameText(text, before, column, desk))) {
    laid.same++
    return
  }
  const reading = readCell(text, column, desk.choicesOf(column), desk.units, desk.year)
  if (!reading.ok) {
    laid.problems.push({ line, row, column, code: reading.code, found: reading.found })
  } else if (reading.value === before) {
    laid.same++
  } else if (column.field) {
    laid.changes.push({ line, row, column, field: column.field, before, after: reading.value })
    const edit = edits.get(row.id) ?? { id: row.id, seq: row.seq, patch: {} }
    edit.patch[column.field] = reading.value
    edits.set(row.id, edit)
  }
}

/** A read-only cell pasted back unchanged is no problem: people copy whole rows, change two columns and paste all. */
function sameText(text: string, before: string | number | null, column: Column, desk: Desk): boolean {
  const t = text.trim()
  if (before === null) return t === '' || t === '—'
  if (t === String(before)) return true
  if (column.kind === 'choice') {
    const reading = readChoice(t, desk.choicesOf(column))
    return reading.ok && reading.value === before
  }
  if (column.kind === 'money') {
    const reading = desk.units.readMoney(t)
    return reading.ok && Math.abs((reading.value ?? 0) - Number(before)) < desk.units.moneyFen / 100
  }
  if (column.kind === 'percent') return t.replace(/\s*%$/, '') === Number(before).toFixed(1)
  return false
}
