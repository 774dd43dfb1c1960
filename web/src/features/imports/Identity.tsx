// Counts as an identity: what the sheet holds is what becomes of it, with nothing left over.
import type { ImportCounts } from './types'
import type { Words } from './words'

export function Identity({ counts, warned, words }: { counts: ImportCounts; warned: number; words: Words }) {
  const w = words.identity
  const parts = [
    ['adds', w.adds, counts.adds],
    ['changes', w.changes, counts.changes],
    ['unchanged', w.unchanged, counts.unchanged],
    ['blocked', w.blocked, counts.blocked],
  ] as const
  return (
    <p className="imp-identity" data-testid="identity" aria-label={words.identityLabel(counts)} role="group">
      <span>
        <b data-count="rows">{counts.rows.toLocaleString('en-US')}</b>
        {w.rows}
      </span>
      {parts.map(([key, label, count], i) => (
        <span key={key}>
          <i>{i === 0 ? '=' : '+'}</i> {label}
          <b data-count={key}>{count.toLocaleString('en-US')}</b>
        </span>
      ))}
      {warned > 0 && (
        <span className="imp-warned">
          {w.warns}
          <b data-count="warned">{warned.toLocaleString('en-US')}</b>
          {w.warnsSay}
        </span>
      )}
    </p>
  )
}
