/** Bands above the map: trying things out, a conflict with somebody else's edit, a newer pattern, a refusal. */
import { Button } from 'antd'
import { Link } from 'react-router'
import type { ProjectRoom } from '../../../shared/project'
import { useSaid } from '../../../shared/ui'
import { dayIn } from './day'
import { milestonesMoved } from './edits'
import { Problems } from './Problems'
import type { Beside } from './queries'
import type { PlanView } from './types'
import type { Editing } from './useEditing'
import type { WhatIf } from './useWhatIf'
import { useWords } from './words'

export function WhatIfBand({ plan, whatIf, onKeep }: { plan: PlanView; whatIf: WhatIf; onKeep: () => void }) {
  const { t } = useWords()
  const said = useSaid()
  if (!whatIf.on) return null
  const { answer, error, edits } = whatIf
  const moved = answer ? milestonesMoved(plan, answer.plan) : []
  const unmet = answer?.unmet ?? []
  return (
    <section className="mp-band mp-whatif" aria-label={t('whatIf.on')}>
      <b>{t('whatIf.on')}</b>
      <span role="status">
        {edits.length === 0 ? (
          t('whatIf.none')
        ) : (
          <>
            {t('whatIf.edits', { n: edits.length })}
            {answer && unmet.length === 0 && moved.length === 0 && ` · ${t('whatIf.same')}`}
            {moved.map((m) => (
              <span key={m.key} className="mp-moved">
                {m.name} <span className="num">{dayIn(m.before, plan.today)}</span> → <b className="num">{dayIn(m.after, plan.today)}</b> <em className={m.days > 0 ? 'mp-red' : 'mp-green'}>{m.days > 0 ? `+${m.days}` : m.days}</em>
              </span>
            ))}
          </>
        )}
      </span>
      <span className="mp-bandacts">
        {edits.length > 0 && (
          <Button size="small" onClick={whatIf.takeLast}>
            {t('whatIf.last')}
          </Button>
        )}
        <Button size="small" onClick={whatIf.drop}>
          {t('whatIf.drop')}
        </Button>
        <Button size="small" type="primary" disabled={edits.length === 0 || unmet.length > 0} onClick={onKeep}>
          {t('whatIf.keep')}
        </Button>
      </span>
      {unmet.length > 0 && <Problems title={t('whatIf.refused')} lines={unmet} />}
      {error ? <Problems title={t('whatIf.offline')} lines={[said(error)]} /> : null}
    </section>
  )
}

/** Steps whose end the contractor sees on another day. */
export function ContractorBand({ room, beside }: { room: ProjectRoom; beside: Beside | null }) {
  const { t } = useWords()
  const far = beside?.rows.filter((r) => !r.done && Math.abs(r.days) >= beside.warn_from) ?? []
  if (!beside || far.length === 0) return null
  return (
    <p className="mp-note" role="status">
      {t('why.theirsFar', { n: beside.number, days: beside.warn_from, count: far.length })} <Link to={`/projects/${room.id}?tab=files`}>{t('why.theirsOpen')}</Link>
    </p>
  )
}

export function ConflictBand({ editing }: { editing: Editing }) {
  const { t } = useWords()
  const { waiting } = editing
  if (!waiting) return null
  const { by, fields } = waiting.conflict
  return (
    <section className="mp-band mp-conflict" role="alert">
      <b>{t('conflict.title', { by })}</b>
      <span>
        {waiting.label}
        {' · '}
        {t('conflict.says', { fields: fields.join(' · ') })}
      </span>
      <span className="mp-bandacts">
        <Button size="small" onClick={editing.giveUp}>
          {t('conflict.drop')}
        </Button>
        <Button size="small" type="primary" onClick={editing.reapply}>
          {t('conflict.again')}
        </Button>
      </span>
    </section>
  )
}

export function RefusedBand({ editing }: { editing: Editing }) {
  const { t } = useWords()
  if (!editing.failed) return null
  return <Problems title={editing.failed.title} lines={editing.failed.lines} onClose={editing.close} close={t('act.close')} />
}

export function NewerBand({ plan, onShow }: { plan: PlanView; onShow: () => void }) {
  const { t } = useWords()
  if (!plan.applied?.newer || !plan.can_edit) return null
  return (
    <p className="mp-band mp-newer">
      {t('differ.band', { name: plan.applied.name })}
      <button type="button" className="mp-link" onClick={onShow}>
        {t('differ.show')}
      </button>
    </p>
  )
}
