/** What a project's page lends to the tabs that other features bring. */
import { useMemo } from 'react'
import type { ProjectRoom } from '../../../shared/project'
import type { ActForm } from '../acts/form'
import { FORMALITY_ACTS, type FormalityActKey, formalityAct } from '../acts/formalityForms'
import { formality, type Making } from '../acts/forms'
import type { ProjectView } from '../api/types'
import { clockText } from '../model/clock'
import { shortDay, type Show } from '../show'
import { useUndo } from '../undo'

interface Lent {
  view: ProjectView
  show: Show
  asOf: string | null
  readOnly: boolean
  openForm: (form: ActForm) => void
  making: Making
}

const isAct = (key: string): key is FormalityActKey => FORMALITY_ACTS.some((known) => known === key)

export function useRoom({ view, show, asOf, readOnly, openForm, making }: Lent): ProjectRoom {
  const undo = useUndo()
  const { t } = making
  const permits = useMemo<ProjectRoom['permits']>(() => {
    const rowOf = (kind: string) => view.project.formalities.find((f) => f.kind === kind)
    const clockOf = (kind: string) => view.clocks.find((c) => c.kind === kind)
    return {
      acts: (kind) => {
        if (readOnly) return []
        const possible: string[] = clockOf(kind)?.acts ?? []
        return [...FORMALITY_ACTS.filter((key) => possible.includes(key)).map((key) => ({ key, word: t(`formality.act.${key}`) })), { key: 'edit', word: rowOf(kind) ? t('formality.edit') : t('formality.add') }]
      },
      open: (kind, act) => {
        const row = rowOf(kind)
        if (isAct(act) && row) openForm(formalityAct(making, row, act))
        else openForm(formality(making, row ?? { kind, state: 'planned', planned: null, applied: null, decided: null, valid_until: null, number: null }))
      },
      said: (kind) => {
        const row = rowOf(kind)
        if (!row) return null
        const clock = clockOf(kind)
        const clockSaid = clock ? clockText(clock, t, (iso) => shortDay(iso, show.today)).text : ''
        return [t(`formality.${clock?.standing ?? row.state}`), clockSaid].filter(Boolean).join(t('colon'))
      },
    }
  }, [view, show, readOnly, openForm, making, t])
  return { id: view.project.id, name: view.project.name, asOf, readOnly, permits, did: undo.did, back: undo.back, forth: undo.forth }
}
