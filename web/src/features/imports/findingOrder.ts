// Findings numbered as the circles in the sheet, what blocks first, and the way from one to the next.
import { cellAt } from './outline'
import type { ImportProblem } from './types'

export type NumberedProblem = ImportProblem & { number: number }

const RANK = { block: 0, warn: 1, info: 2 }

/** What blocks first, then reminders, then notes, each in reading order. */
export function numbered(problems: readonly ImportProblem[]): NumberedProblem[] {
  const at = (p: ImportProblem) => cellAt(p.cell) ?? { row: 0, column: 0 }
  return problems
    .map((p) => ({ p, at: at(p) }))
    .sort((a, b) => RANK[a.p.severity] - RANK[b.p.severity] || a.at.row - b.at.row || a.at.column - b.at.column)
    .map(({ p }, i) => ({ ...p, number: i + 1 }))
}

/** The blocking finding or reminder after or before the cursor in reading order, going round at the ends. */
export function neighbour(problems: readonly NumberedProblem[], cursor: { row: number; column: number }, way: 1 | -1): NumberedProblem | undefined {
  const rank = (at: { row: number; column: number }) => at.row * 1000 + at.column
  const here = rank(cursor)
  const placed = problems
    .flatMap((problem) => {
      const at = problem.severity === 'info' ? null : cellAt(problem.cell)
      return at ? [{ problem, rank: rank(at) }] : []
    })
    .sort((a, b) => a.rank - b.rank)
  const beyond = way > 0 ? placed.find((p) => p.rank > here) : placed.findLast((p) => p.rank < here)
  return (beyond ?? (way > 0 ? placed[0] : placed.at(-1)))?.problem
}
