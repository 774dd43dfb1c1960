/** The card of the open project beside the grid: enough to decide, and the way to the whole page. */
import { useEffect, useRef } from 'react'
import { Link } from 'react-router'
import { failureOf } from '../acts/form'
import * as forms from '../acts/forms'
import { useActs } from '../acts/useActs'
import { useProject } from '../api/queries'
import { Facts } from '../page/Facts'
import { Gate } from '../page/OneProject'
import { StageLine } from '../page/StageLine'
import { Memberships, People } from '../page/Tables'
import { useAsOf } from '../shell'
import type { Show } from '../show'
import { useUndo } from '../undo'
import { useWords } from '../words'

interface SheetProps {
  id: string
  show: Show
  readOnly: boolean
  onClose: () => void
  onChanged: () => void
}

export function CardSheet({ id, show, readOnly, onClose, onChanged }: SheetProps) {
  const { t, fieldWord } = useWords()
  const asOf = useAsOf()
  const undo = useUndo()
  const project = useProject(id, asOf)
  const acts = useActs(show, onChanged)
  const box = useRef<HTMLElement>(null)
  useEffect(() => {
    box.current?.scrollTo({ top: 0 })
  }, [id])
  const view = project.data
  const making = view && acts.makingOf(view)
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Esc from anything inside
    <aside
      ref={box}
      className="pj-sheet"
      aria-label={view?.project.name ?? t('grid.loading')}
      onKeyDown={(e) => {
        if (e.key === 'Escape') onClose()
      }}
    >
      <header>
        <h2>{view?.project.name ?? ''}</h2>
        <span>
          <Link className="pj-link" to={`/projects/${id}${asOf ? `?as_of=${asOf}` : ''}`}>
            {t('sheet.full')}
          </Link>
          <button type="button" className="pj-close" aria-label={t('sheet.close')} onClick={onClose}>
            ×
          </button>
        </span>
      </header>
      {project.isError && <p role="alert">{failureOf(project.error, t('act.offline')).title}</p>}
      {project.isPending && <div className="pj-skeleton pj-short" aria-busy="true" />}
      {view && making && (
        <>
          <p className="pj-sub">
            {[view.row.code, show.registers.word('divisions', view.row.division), show.registers.word('procedures', view.row.procedure), show.registers.word('natures', view.row.nature)]
              .filter(Boolean)
              .join(' · ')}
          </p>
          <StageLine view={view} show={show} />
          <Gate view={view} show={show} readOnly={readOnly} onMove={() => acts.openOn('stage', view)} />
          <People
            view={view}
            show={show}
            readOnly={readOnly || !show.decides}
            onAdd={() => acts.openForm(forms.responsibility(making))}
            onEdit={(r) => acts.openForm(forms.responsibility(making, { ...r, from: null, to: null }))}
          />
          <Memberships
            view={view}
            show={show}
            readOnly={readOnly || !show.decides}
            onAdd={() => acts.openForm(forms.membership(making))}
            onEdit={(m) => acts.openForm(forms.membership(making, m))}
          />
          <Facts
            view={view}
            show={show}
            readOnly={readOnly}
            groups={['size', 'plan']}
            onStale={acts.tellStale}
            onSaved={(_, feed, field) => {
              onChanged()
              undo.did(feed, t('undo.cell', { column: fieldWord(field), name: view.project.name }))
            }}
          />
        </>
      )}
      {acts.dialog}
    </aside>
  )
}
