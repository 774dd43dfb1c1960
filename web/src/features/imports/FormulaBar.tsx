// 原文 → 读作 → 依据 of the cell under the cursor.
import { sayValue, type Lang, type Register } from './readAs'
import type { ImportColumn, ImportProblem, ImportRow } from './types'
import type { Words } from './words'

type Props = {
  row: ImportRow | undefined
  column: ImportColumn | undefined
  problems: readonly ImportProblem[]
  register: Register
  words: Words
  lang: Lang
}

export function FormulaBar({ row, column, problems, register, words: w, lang }: Props) {
  if (!row || !column) return <div className="imp-formula" aria-live="polite" />
  const raw = row.cells[column.index] ?? ''
  // What blocks was not understood, whatever was read.
  const said = problems.some((p) => p.severity === 'block') ? null : understood(row, column, register, w, lang)
  const basis = basisOf(row, column, problems, register, w, lang)
  return (
    <div className="imp-formula" aria-live="polite" data-testid="formula">
      <b>
        {column.letter}
        {row.row}
      </b>
      <dl>
        <div>
          <dt>{w.raw}</dt>
          <dd>{raw || w.rawEmpty}</dd>
        </div>
        {row.kind === 'data' && (
          <div>
            <dt>{w.columnIs}</dt>
            <dd>{column.field && column.field !== 'seq' ? [register.label(column.field), column.unit].filter(Boolean).join('，') : w.notImportedLong}</dd>
          </div>
        )}
        {said && (
          <div>
            <dt>{w.readAs}</dt>
            <dd>{said}</dd>
          </div>
        )}
        {basis && (
          <div>
            <dt>{w.basis}</dt>
            <dd>{basis}</dd>
          </div>
        )}
      </dl>
    </div>
  )
}

function understood(row: ImportRow, column: ImportColumn, register: Register, w: Words, lang: Lang): string | null {
  if (row.kind !== 'data' || !column.field) return null
  const read = row.readings?.find((r) => r.column === column.index)
  if (read) return sayValue(read.field, read.value, register, w, lang, true)
  const change = row.changes.find((c) => c.column === column.index)
  return change ? sayValue(change.field, change.after, register, w, lang, true) : null
}

function basisOf(row: ImportRow, column: ImportColumn, problems: readonly ImportProblem[], register: Register, w: Words, lang: Lang): string {
  if (problems.length > 0) return problems.map((p) => [p.title, p.remedy].filter(Boolean).join('。')).join(' ')
  if (row.kind === 'header') return w.basisHeader
  if (row.kind === 'subtotal') return w.basisSubtotal
  if (row.kind !== 'data') return w.basisText
  if (!column.field || column.field === 'seq') return ''
  const change = row.changes.find((c) => c.column === column.index)
  if (change) return w.basisOld(sayValue(change.field, change.before, register, w, lang))
  const grounds = row.readings?.find((r) => r.column === column.index)?.grounds ?? []
  if (grounds.length > 0) return grounds.join(w.semicolon)
  return [w.basisHeading(column.heading), row.outcome === 'unchanged' ? w.basisUnchanged : ''].filter(Boolean).join('，')
}
