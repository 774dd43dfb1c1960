/** A newer state of the pattern, offered step by step; nothing is taken that is not ticked. */
import { Checkbox } from 'antd'
import { useState } from 'react'
import type { ProjectRoom } from '../../../shared/project'
import { Loading } from '../../../shared/ui'
import { Dialog } from './Dialog'
import { takeOver, useDifference } from './queries'
import type { PlanView } from './types'
import type { Editing } from './useEditing'
import { useWords } from './words'

export function Difference({ plan, room, editing, onClose }: { plan: PlanView; room: ProjectRoom; editing: Editing; onClose: () => void }) {
  const { t } = useWords()
  const difference = useDifference(room.id, true)
  const steps = difference.data?.steps ?? []
  const [left, setLeft] = useState<readonly string[]>([])
  const [settle, setSettle] = useState(false)
  const [busy, setBusy] = useState(false)
  const taken = steps.filter((s) => !left.includes(s.id)).map((s) => s.id)
  const yes = async () => {
    setBusy(true)
    try {
      editing.done(await takeOver(room.id, { seq: plan.seq, mode: 'commit', ids: taken, settle }), t('differ.did', { n: taken.length }))
    } catch (error) {
      editing.refuse(error, [], t('differ.title'))
    }
    onClose()
  }
  return (
    <Dialog title={t('differ.title')} yes={t('differ.take', { n: taken.length })} width={720} busy={busy} disabled={taken.length === 0 && !(settle && steps.length > 0)} onYes={() => void yes()} onClose={onClose}>
      {difference.isPending && <Loading rows={3} />}
      {difference.isSuccess && steps.length === 0 && <p>{t('differ.none')}</p>}
      <ul className="mp-differ">
        {steps.map((s) => (
          <li key={s.id}>
            <Checkbox checked={!left.includes(s.id)} onChange={(event) => setLeft((now) => (event.target.checked ? now.filter((id) => id !== s.id) : [...now, s.id]))}>
              {s.id} {s.name} <em>{t(`differ.${s.what}`)}</em>
            </Checkbox>
            {s.fields.map((f) => (
              <small key={f.field}>
                {t('differ.field', { name: f.label, applied: valueText(f.was), now: valueText(f.now), mine: valueText(f.mine) })}
                {f.own && ` (${t('differ.own')})`}
              </small>
            ))}
            {s.begun && <small>{t('differ.begun')}</small>}
          </li>
        ))}
      </ul>
      {left.length > 0 && (
        <Checkbox checked={settle} onChange={(event) => setSettle(event.target.checked)}>
          {t('differ.settle')}
        </Checkbox>
      )}
      <p className="mp-note">{t('differ.later')}</p>
    </Dialog>
  )
}

/** A field's value in a sentence; lists joined, what has parts by its parts. */
function valueText(value: unknown): string {
  if (value === null || value === undefined || value === '') return '—'
  if (Array.isArray(value)) return value.map(valueText).join(' · ') || '—'
  if (typeof value === 'object') return Object.values(value).map(valueText).join(' ')
  return String(value)
}
