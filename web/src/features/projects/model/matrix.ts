/** The sheet of permits: what a cell says in few signs, what a block laid on it asks, how its heads join. */
import type { CellEdit, MatrixCell, MatrixColumn, MatrixRow } from '../api/types'
import type { Block } from './clipboard'

const MARKS: Record<MatrixCell['standing'], string> = {
  granted: '√',
  promised: '√',
  expired: '▲',
  running: '◐',
  undated: '◐',
  paused: '‖',
  returned: '↩',
  refused: '×',
  lapsed: '▲',
  planned: '○',
  not_needed: '—',
}

/** The mark with its day or its days: `√ 03-12`, `◐ 12/30`. `day` says a date as the screen does. */
export function cellMark(cell: MatrixCell, day: (period: string) => string): string {
  const mark = MARKS[cell.standing]
  if (cell.standing === 'running' || cell.standing === 'paused') return cell.run === undefined ? mark : `${mark} ${cell.run}${limitOf(cell)}`
  return cell.day ? `${mark} ${day(cell.day)}` : mark
}

export function limitOf(cell: MatrixCell): string {
  if (!cell.limit) return ''
  return `/${'cd' in cell.limit ? cell.limit.cd : cell.limit.wd}`
}

/** In hand beyond its limit: the one thing that is red. */
export const isLate = (cell: MatrixCell) => cell.left !== undefined && cell.overdue > 0

/** As it goes to a spreadsheet, in the words that are read back. */
export function cellText(cell: MatrixCell | undefined): string {
  if (!cell) return ''
  const dated = (word: string) => (cell.day ? `${word} ${cell.day}` : word)
  switch (cell.standing) {
    case 'granted':
    case 'promised':
    case 'expired':
      return dated('√')
    case 'running':
    case 'paused':
    case 'undated':
      return dated('办理中')
    case 'planned':
      return cell.day ? `计划 ${cell.day}` : '未办'
    case 'returned':
      return '退回补正'
    case 'refused':
      return '不予批准'
    case 'lapsed':
      return '失效'
    case 'not_needed':
      return '—'
  }
}

export interface PhaseHead {
  name: string | null
  /** Its first column, from 0. */
  from: number
  columns: number
}

/** Neighbours of one phase under one head. */
export function phasesOf(columns: readonly MatrixColumn[]): PhaseHead[] {
  const heads: PhaseHead[] = []
  for (const [from, { phase }] of columns.entries()) {
    const last = heads.at(-1)
    if (last && last.name === phase) last.columns += 1
    else heads.push({ name: phase, from, columns: 1 })
  }
  return heads
}

export interface LaidCell {
  row: MatrixRow
  column: MatrixColumn
  text: string
}

/** A block from `line` and `column` on; blank cells say nothing, heads of groups are stepped over. `out` counts what lies beyond the sheet. */
export function layCells(
  block: Block,
  line: number,
  column: number,
  { rowAt, isHead, lines, columns }: { rowAt: (line: number) => MatrixRow | null; isHead: (line: number) => boolean; lines: number; columns: readonly MatrixColumn[] },
): { cells: LaidCell[]; out: number } {
  const cells: LaidCell[] = []
  let out = 0
  let at = line
  for (const texts of block) {
    while (at < lines && isHead(at)) at += 1
    const row = rowAt(at)
    for (const [i, text] of texts.entries()) {
      if (!text.trim()) continue
      const under = columns[column + i]
      if (row && under) cells.push({ row, column: under, text })
      else out += 1
    }
    at += 1
  }
  return { cells, out }
}

export const editsOf = (cells: readonly LaidCell[]): CellEdit[] =>
  cells.map(({ row, column, text }) => ({ project: row.id, seq: row.seq, kind: column.kind, said: { text } }))
