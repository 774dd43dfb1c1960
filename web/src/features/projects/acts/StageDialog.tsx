/** The decision to enter a later stage: day, basis, the days of stages passed, and the gate's answer before it is sent. */
import { Button, Modal, Select } from 'antd'
import { useEffect, useId, useState } from 'react'
import { moveStage, type StageAsk } from '../api/queries'
import type { ProblemView } from '../api/types'
import { readDay } from '../model/values'
import type { Show } from '../show'
import { useWords } from '../words'
import { useReturnFocus } from './useReturnFocus'
import { type Failure, FailureBox, failureOf, FieldRow, ProblemList } from './form'

export interface StageSubject {
  id: string
  seq: number
  name: string
  stage: string
}

interface StageDialogProps {
  subject: StageSubject
  to?: string
  show: Show
  onClose: () => void
  onDone: (feed: number, to: string) => void
  onReload: () => void
}

/** The stages whose day is asked when they are passed through. */
const DATED = ['building', 'completed', 'operating', 'ramped']
const PAUSE_MS = 300

export function StageDialog({ subject, to: given, show, onClose, onDone, onReload }: StageDialogProps) {
  const { t } = useWords()
  useReturnFocus()
  const id = useId()
  const stages = show.registers.choices('stages').map((c) => c.key)
  const from = stages.indexOf(subject.stage)
  const later = stages.slice(from + 1)
  const [to, setTo] = useState(given ?? later[0] ?? subject.stage)
  const [on, setOn] = useState(show.today)
  const [basis, setBasis] = useState('')
  const [passed, setPassed] = useState<Record<string, string>>({})
  const [failure, setFailure] = useState<Failure | null>(null)
  const [answer, setAnswer] = useState<{ for: string; unmet: ProblemView[]; reminders: ProblemView[] } | null>(null)
  const [busy, setBusy] = useState(false)
  const year = Number(show.today.slice(0, 4))
  const word = (stage: string) => show.registers.word('stages', stage)
  const between = stages.slice(from + 1, stages.indexOf(to)).filter((s) => DATED.includes(s))

  const readings = { on: readDay(on, year), ...Object.fromEntries(between.map((s) => [s, readDay(passed[s] ?? '', year)])) }
  const badDays = Object.entries(readings).filter(([, r]) => !r.ok)
  const ask: Omit<StageAsk, 'mode'> = {
    seq: subject.seq,
    to,
    on: (readings.on.ok && readings.on.value) || show.today,
    basis: basis.trim(),
    passed: Object.fromEntries(
      between.flatMap((s) => {
        const r = readDay(passed[s] ?? '', year)
        return r.ok && r.value ? [[s, r.value]] : []
      }),
    ),
  }
  const asked = JSON.stringify(ask)

  useEffect(() => {
    let live = true
    const timer = setTimeout(async () => {
      try {
        const { body } = await moveStage(subject.id, { mode: 'preview', ...(JSON.parse(asked) as Omit<StageAsk, 'mode'>) })
        if (!live) return
        setAnswer({ for: asked, unmet: body.unmet, reminders: body.reminders })
        setFailure(null)
      } catch (error) {
        if (live) setFailure(failureOf(error, t('act.offline')))
      }
    }, PAUSE_MS)
    return () => {
      live = false
      clearTimeout(timer)
    }
  }, [asked, subject.id, t])

  const bars = (answer?.unmet ?? []).filter((p) => p.severity === 'block')
  const warnings = [...(answer?.unmet ?? []).filter((p) => p.severity !== 'block'), ...(answer?.reminders ?? [])]
  const checked = answer?.for === asked
  const short = bars.length + badDays.length

  const commit = async () => {
    setBusy(true)
    try {
      const sent = await moveStage(subject.id, { mode: 'commit', ...ask })
      onDone(sent.body.feed ?? sent.feed, to)
    } catch (error) {
      setFailure(failureOf(error, t('act.offline')))
      setBusy(false)
    }
  }

  return (
    <Modal
      open
      width={640}
      title={t('stage.title', { name: subject.name })}
      onCancel={onClose}
      footer={[
        <Button key="no" onClick={onClose}>
          {t('act.cancel')}
        </Button>,
        <Button key="yes" type="primary" loading={busy} disabled={short > 0 || !checked || failure !== null} onClick={() => void commit()}>
          {short > 0 ? t('stage.blocked', { count: short }) : checked ? t('stage.commit', { stage: word(to) }) : t('stage.checking')}
        </Button>,
      ]}
    >
      <form
        className="pj-form"
        onSubmit={(e) => {
          e.preventDefault()
          if (!short && checked) void commit()
        }}
      >
        <div className="pj-field">
          <label htmlFor={`${id}-to`}>{t('stage.to')}</label>
          <div className="pj-fromto">
            <span>{word(subject.stage)}</span>
            <span aria-hidden="true">→</span>
            <Select id={`${id}-to`} value={to} onChange={setTo} options={later.map((s) => ({ value: s, label: word(s) }))} style={{ flex: 1 }} />
          </div>
        </div>
        <FieldRow
          id={`${id}-on`}
          field={{ key: 'on', kind: 'day', label: t(DATED.includes(to) ? `stage.day.${to}` : 'stage.day.decision'), required: true }}
          value={on}
          wrong={readings.on.ok ? undefined : t(`problem.${readings.on.code}`)}
          onChange={setOn}
        />
        {between.map((s) => {
          const reading = readDay(passed[s] ?? '', year)
          return (
            <FieldRow
              key={s}
              id={`${id}-${s}`}
              field={{ key: s, kind: 'day', label: t(`stage.day.${s}`), required: true }}
              value={passed[s] ?? ''}
              wrong={reading.ok ? undefined : t(`problem.${reading.code}`)}
              onChange={(value) => setPassed((p) => ({ ...p, [s]: value }))}
            />
          )
        })}
        <FieldRow
          id={`${id}-basis`}
          field={{ key: 'basis', kind: 'text', label: t('act.basis'), required: true, hint: t('stage.basisHint') }}
          value={basis}
          onChange={setBasis}
        />
        <section className="pj-gate" aria-live="polite" aria-busy={!checked}>
          <h3>{t('stage.gate', { stage: word(to) })}</h3>
          {answer && bars.length === 0 && <p className="pj-ok">✓ {t('stage.clear')}</p>}
          <ProblemList problems={bars} />
          <ProblemList problems={warnings} />
        </section>
        {failure && <FailureBox failure={failure} onReload={onReload} />}
        <button type="submit" hidden aria-label={t('act.save')} />
      </form>
    </Modal>
  )
}
