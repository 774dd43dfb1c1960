/** What was once promised: keeping the dates of a day, and comparing any two. */
import { Input, Modal, Select } from 'antd'
import { useId, useState } from 'react'
import type { ProjectRoom } from '../../../shared/project'
import { Dialog, Row, useReturnFocus } from './Dialog'
import { dayIn } from './day'
import { compared } from './edits'
import { takeBaseline } from './queries'
import type { PlanView } from './types'
import type { Editing } from './useEditing'
import { useWords } from './words'

export function TakeBaseline({ plan, room, editing, onClose }: { plan: PlanView; room: ProjectRoom; editing: Editing; onClose: () => void }) {
  const { t } = useWords()
  const id = useId()
  const [texts, setTexts] = useState({ name: '', on: plan.today, reason: '', approver: '' })
  const [busy, setBusy] = useState(false)
  const yes = async () => {
    setBusy(true)
    const ask = { name: texts.name.trim(), on: texts.on, reason: texts.reason.trim(), approver: texts.approver.trim() }
    try {
      editing.done(await takeBaseline(room.id, { seq: plan.seq, ...ask }), t('base.did', { name: ask.name }))
    } catch (error) {
      editing.refuse(error, [], t('base.take'))
    }
    onClose()
  }
  const box = (key: keyof typeof texts, type?: string) => (
    <Row id={`${id}-${key}`} label={t(`base.${key}`)}>
      <Input id={`${id}-${key}`} type={type} value={texts[key]} onChange={(event) => setTexts((now) => ({ ...now, [key]: event.target.value }))} />
    </Row>
  )
  return (
    <Dialog title={t('base.take')} yes={t('base.take')} busy={busy} disabled={!texts.name.trim() || !texts.reason.trim() || !texts.approver.trim()} onYes={() => void yes()} onClose={onClose}>
      {box('name')}
      {box('on', 'date')}
      {box('reason')}
      {box('approver')}
    </Dialog>
  )
}

const NOW = -1

export function CompareBaselines({ plan, onClose, onPick }: { plan: PlanView; onClose: () => void; onPick: (id: string) => void }) {
  const { t } = useWords()
  useReturnFocus()
  const id = useId()
  const [from, setFrom] = useState(plan.baselines.length - 1)
  const [to, setTo] = useState(NOW)
  const options = [...plan.baselines.map((b, i) => ({ value: i, label: `${b.name} ${b.on}` })), { value: NOW, label: t('base.now') }]
  const datesOf = (at: number) => (at === NOW ? plan.activities : (plan.baselines[at]?.dates ?? []))
  const shifts = compared(datesOf(from), datesOf(to))
  const chosen = plan.baselines[from]
  const span = (d: { start: string; finish: string } | null) => (d ? (d.start === d.finish ? dayIn(d.finish, '') : `${dayIn(d.start, '')} – ${dayIn(d.finish, '')}`) : '—')
  return (
    <Modal open title={t('base.compare')} width={860} footer={null} onCancel={onClose}>
      <div className="mp-compare">
        <label htmlFor={`${id}-from`}>{t('base.from')}</label>
        <Select id={`${id}-from`} value={from} onChange={setFrom} options={options} />
        <label htmlFor={`${id}-to`}>{t('base.to')}</label>
        <Select id={`${id}-to`} value={to} onChange={setTo} options={options} />
      </div>
      {chosen && <p className="mp-note">{t('base.why', { reason: chosen.reason, approver: chosen.approver })}</p>}
      {shifts.length === 0 ? (
        <p>{t('base.same')}</p>
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by the keyboard
        <div className="mp-scrollx mp-shifts" role="region" aria-label={t('base.compare')} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('base.step')}</th>
                <th scope="col">{t('base.before')}</th>
                <th scope="col">{t('base.after')}</th>
                <th scope="col" className="mp-n">
                  {t('base.diff')}
                </th>
              </tr>
            </thead>
            <tbody>
              {shifts.map((s) => (
                <tr key={s.id}>
                  <th scope="row">
                    {s.kind === 'deleted' ? <s>{s.name}</s> : <button type="button" className="mp-link" onClick={() => onPick(s.id)}>{s.name}</button>} {s.kind !== 'changed' && <em>{t(`base.${s.kind}`)}</em>}
                  </th>
                  <td className="num">{span(s.before)}</td>
                  <td className="num">{span(s.after)}</td>
                  <td className={`num mp-n${s.days > 0 ? ' mp-red' : ''}`}>{s.kind === 'changed' ? (s.days > 0 ? `+${s.days}` : s.days) : '—'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Modal>
  )
}
