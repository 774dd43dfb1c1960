// The button says how many rows it writes; beside it stands what happens and why some rows stay out.
import { Button } from 'antd'
import { cellAt } from './outline'
import { problemSheetUrl } from './api'
import { useOffice } from './office'
import type { ImportState } from './types'

const ROWS_NAMED = 6

type Props = { state: ImportState; committing: boolean; onCommit: () => void }

export function CommitBar({ state, committing, onCommit }: Props) {
  const { words: w } = useOffice()
  const { adds, changes, unchanged, blocked, rows } = state.counts
  const writes = adds + changes
  return (
    <footer className="imp-bar">
      <div className="imp-say" data-testid="what-happens">
        {writes > 0 ? (
          <>
            <b>{w.willWrite(writes)}</b>
            {w.colon}
            {w.willDo(adds, changes, unchanged)}
            {w.stop}
            {w.allOrNothing}
          </>
        ) : (
          <>
            <b>{w.nothingTitle(unchanged, blocked)}</b>
            {w.stop}
            {blocked > 0 ? w.nothingBlocked(blocked) : w.nothingSays(rows)}
          </>
        )}
        {blocked > 0 && writes > 0 && <small>{staysOut(state, w)}</small>}
      </div>
      {state.problems.length > 0 && (
        <Button href={problemSheetUrl(state.id)} download title={w.problemSheetSays}>
          {w.problemSheet}
        </Button>
      )}
      <Button type="primary" disabled={writes === 0} loading={committing} onClick={onCommit} data-testid="commit">
        {committing ? w.committing : writes > 0 ? w.commit(writes) : w.commitNone}
        {!committing && writes > 0 && <kbd aria-hidden="true">Ctrl ↵</kbd>}
      </Button>
    </footer>
  )
}

function staysOut(state: ImportState, w: ReturnType<typeof useOffice>['words']): string {
  const stopping = state.problems.filter((p) => p.severity === 'block')
  const rows = [...new Set(stopping.flatMap((p) => cellAt(p.cell)?.row ?? []))].sort((a, b) => a - b)
  const reasons = [...new Set(stopping.map((p) => p.title))]
  const said = w.rowsSay(rows.slice(0, ROWS_NAMED), rows.length - ROWS_NAMED)
  return w.staysOut(said, state.counts.blocked) + reasons.slice(0, 3).join(w.semicolon) + w.stop + w.staysOutThen
}
