// Step 4: what was written, where to see it, and how to take it all back.
import { useState } from 'react'
import { Button, Popconfirm } from 'antd'
import { problemSheetUrl, refusalOf, useUndo } from './api'
import { LinkButton } from './LinkButton'
import { useOffice } from './office'
import type { ImportState } from './types'

export function Result({ state }: { state: ImportState }) {
  const { words: w } = useOffice()
  const undo = useUndo()
  const [undone, setUndone] = useState<number | null>(null)
  const { adds, changes, blocked } = state.counts
  const feed = state.committed_feed ?? 0
  if (state.state === 'cancelled') return <Closed title={w.cancelledTitle} says={w.cancelledSays} />
  const refused = undo.error ? refusalOf(undo.error, w) : null
  return (
    <div className="imp-result" role="status">
      <h2>{undone === null ? w.doneTitle(adds + changes) : w.undone}</h2>
      <p>{undone === null ? w.doneSays(adds, changes, feed) : w.undoneSays(undone)}</p>
      {blocked > 0 && undone === null && <p>{w.doneBlocked(blocked)}</p>}
      {refused && (
        <p className="imp-oops" role="alert">
          {w.undoFailed}
          {w.colon}
          {refused.title} {refused.remedy}
        </p>
      )}
      <div className="imp-acts">
        {undone === null && (
          <LinkButton to={`/projects?changed_since=${feed - 1}`} primary>
            {w.seeChanged}
          </LinkButton>
        )}
        {undone === null && (
          <Popconfirm title={w.undoAsk(adds + changes)} description={w.undoSays} okText={w.undoYes} cancelText={w.keep} onConfirm={() => undo.mutateAsync(feed).then((r) => setUndone(r.undone)).catch(() => {})}>
            <Button loading={undo.isPending}>{w.undo}</Button>
          </Popconfirm>
        )}
        {state.problems.length > 0 && (
          <Button href={problemSheetUrl(state.id)} download>
            {w.problemSheet}
          </Button>
        )}
        <LinkButton to="/imports">{w.another}</LinkButton>
      </div>
    </div>
  )
}

/** An import that is over without having written anything, or that is not there. */
export function Closed({ title, says, onAgain }: { title: string; says: string; onAgain?: () => void }) {
  const { words: w } = useOffice()
  return (
    <div className="imp-result" role="alert">
      <h2>{title}</h2>
      <p>{says}</p>
      <div className="imp-acts">
        {onAgain && (
          <Button type="primary" onClick={onAgain}>
            {w.again}
          </Button>
        )}
        <LinkButton to="/imports">{w.another}</LinkButton>
      </div>
    </div>
  )
}
