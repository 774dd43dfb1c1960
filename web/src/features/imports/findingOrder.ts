// Findings in reading order, numbered as the circles in the sheet, and the way from one to the next.
import { cellAt } from './outline'
import type { ImportProblem } from './types'

export type NumberedProblem = ImportProblem & { number: number }

/** Problems in reading order, numbered as the circles in the sheet. */
export function numbered(problems: readonly ImportProblem[]): NumberedProblem[] {
  const at = (p: ImportProblem) => cellAt(p.cell) ?? { row: 0, column: 0 }
  return problems
    .map((p) => ({ p, at: at(p) }))
    .sort((a, b) => a.at.row - b.at.row || a.at.column - b.at.column)
    .map(({ p }, i) => ({ ...p, number: i + 1 }))
}

/** The finding after or before the cursor in reading order, going round at the ends. */
export function neighbour(problems: readonly NumberedProblem[], cursor: { row: number; column: number }, way: 1 | -1): NumberedProblem | undefined {
  const rank = (at: { row: number; column: number }) => at.row * 1000 + at.column
  const here = rank(cursor)
  const placed = problems.flatMap((problem) => {
    const at = cellAt(problem.cell)
    return at ? [{ problem, rank: rank(at) }] : []
  })
  const beyond = way > 0 ? placed.find((p) => p.rank > here) : placed.findLast((p) => p.rank < here)
  return (beyond ?? (way > 0 ? placed[0] : placed.at(-1)))?.problem
}
