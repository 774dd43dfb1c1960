/** Everything about one step: facts, links in and out, its permit's acts or its own progress, and changing it. */
import { Button } from 'antd'
import { type ReactNode, useCallback, useState } from 'react'
import type { ProjectRoom } from '../../../shared/project'
import { SideSheet } from '../../../shared/ui'
import { EditForm } from './EditForm'
import { NodeFacts } from './NodeFacts'
import { ProgressForm } from './ProgressForm'
import type { PlanActivity, PlanView } from './types'
import type { Edit } from './useEditing'
import { useWords } from './words'

interface NodeSheetProps {
  plan: PlanView
  of: PlanActivity | undefined
  room: ProjectRoom
  onEdit: Edit
  onWhy: (id: string) => void
  onPick: (id: string) => void
  onRemove: (of: PlanActivity) => void
  onClose: () => void
  /** A refusal or a conflict, where the eye is. */
  notice: ReactNode
}

export function NodeSheet({ plan, of, room, onEdit, onWhy, onPick, onRemove, onClose, notice }: NodeSheetProps) {
  const { t } = useWords()
  /** What has been saved begins anew from what stands there. */
  const [round, setRound] = useState(0)
  const onSaved = useCallback(() => setRound((n) => n + 1), [])
  return (
    <SideSheet open={of !== undefined} width={460} onClose={onClose} title={of ? t('node.title', { id: of.id, name: of.name }) : ''}>
      {of && (
        <div className="mp-node">
          {notice}
          {/* A permit first: its dates are recorded in the permit, and nowhere else. */}
          <p className="mp-nodeacts">
            <Button size="small" onClick={() => onWhy(of.id)}>
              {t('why.ask')}
            </Button>
          </p>
          <NodeFacts plan={plan} of={of} onPick={onPick} />
          {of.formality.length > 0 ? <Permits of={of} room={room} /> : plan.can_edit && <ProgressForm key={`${of.id}-${round}`} plan={plan} of={of} onEdit={onEdit} onSaved={onSaved} />}
          {plan.can_edit && <EditForm key={`${of.id}-${round}-edit`} plan={plan} of={of} onEdit={onEdit} onSaved={onSaved} onRemove={() => onRemove(of)} />}
        </div>
      )}
    </SideSheet>
  )
}

function Permits({ of, room }: { of: PlanActivity; room: ProjectRoom }) {
  const { t } = useWords()
  return (
    <section className="mp-part">
      <h3>{t('node.permit')}</h3>
      <p className="mp-note">{t('node.permitSays')}</p>
      {of.formality.map((f) => (
        <div key={f.kind} className="mp-permit">
          <b>{f.name}</b> <span>{room.permits.said(f.kind) ?? t('node.permitNone')}</span>
          <div>
            {room.permits.acts(f.kind).map((act) => (
              <Button key={act.key} size="small" onClick={() => room.permits.open(f.kind, act.key)}>
                {act.word}
              </Button>
            ))}
          </div>
        </div>
      ))}
    </section>
  )
}
