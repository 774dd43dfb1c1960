// Step 4: what was written, where to see it, and how to take it all back.
import { useState } from 'react'
import { App, Button } from 'antd'
import { problemSheetUrl, refusalOf, useDone, useUndo } from './api'
import { LinkButton } from './LinkButton'
import { useOffice } from './office'
import type { ImportState } from './types'

export function Result({ state }: { state: ImportState }) {
  const { words: w } = useOffice()
  const undo = useUndo()
  const { modal } = App.useApp()
  const [undone, setUndone] = useState<number | null>(null)
  const done = useDone(state.id)
  const written = done ? done.adds + done.changes : null
  const { blocked } = state.counts
  const feed = state.committed_feed ?? 0
  if (state.state === 'cancelled') return <Closed title={w.cancelledTitle} says={w.cancelledSays} />
  const takeBack = () => undo.mutateAsync(feed).then(
    (answer) => setUndone(answer.undone),
    () => undefined,
  )
  const ask = () => modal.confirm({ title: w.undoAsk(written), content: w.undoSays, okText: w.undoYes, cancelText: w.keep, onOk: takeBack })
  const refused = undo.error ? refusalOf(undo.error, w) : null
  return (
    <div className="imp-result" role="status">
      <h2>{undone !== null ? w.undone : written === null ? w.doneEarlier : w.doneTitle(written)}</h2>
      <p>{undone !== null ? w.undoneSays(undone) : done ? w.doneSays(done.adds, done.changes, feed) : w.doneEarlierSays(feed)}</p>
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
          <Button loading={undo.isPending} onClick={ask}>
            {w.undo}
          </Button>
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
