/** A plan from a pattern: which one, from which day, for what kind of project; the milestones are seen before anything is written. */
import { Checkbox, Input, Select } from 'antd'
import { useEffect, useId, useState } from 'react'
import type { ProjectRoom } from '../../../shared/project'
import { Dialog, Row } from './Dialog'
import { dayIn } from './day'
import { type Facts, FactsForm, factsOf } from './FactsForm'
import { Problems } from './Problems'
import { applyPlan, type ApplyAsk } from './queries'
import type { PlanAnswer, PlanView } from './types'
import type { Editing, Failed } from './useEditing'
import { useWords } from './words'

interface ApplyProps {
  room: ProjectRoom
  plan: PlanView
  editing: Editing
  onClose: () => void
}

const PAUSE_MS = 250

export function ApplyDialog({ room, plan, editing, onClose }: ApplyProps) {
  const { t } = useWords()
  const id = useId()
  const [pattern, setPattern] = useState(plan.suggestions[0]?.key ?? '')
  const [start, setStart] = useState(plan.start ?? plan.today)
  const [facts, setFacts] = useState<Facts>(() => factsOf(plan.facts))
  const [without, setWithout] = useState<string[]>([])
  const chosen = plan.suggestions.find((s) => s.key === pattern)
  const asked = chosen ? plan.facts.filter((f) => chosen.facts.includes(f.key)) : plan.facts
  const known = Object.fromEntries(asked.flatMap((f) => (facts[f.key] === null || facts[f.key] === undefined ? [] : [[f.key, facts[f.key] as number | boolean]])))
  const ask: Omit<ApplyAsk, 'mode'> = { seq: plan.seq, pattern, start, facts: known, without }
  const { answer, failed } = usePreview(room.id, ask)
  const [busy, setBusy] = useState(false)
  const short = !pattern || !start

  const commit = async () => {
    setBusy(true)
    try {
      const sent = await applyPlan(room.id, { ...ask, mode: 'commit' })
      editing.done(sent, t('apply.applied', { name: chosen?.name ?? '' }))
      onClose()
    } catch (error) {
      editing.refuse(error, [], t('apply.title'))
      setBusy(false)
      onClose()
    }
  }

  return (
    <Dialog title={t('apply.title')} yes={t('apply.commit')} width={720} busy={busy} disabled={short || !answer || answer.unmet.length > 0} onYes={() => void commit()} onClose={onClose}>
      <Row id={`${id}-pattern`} label={t('apply.pattern')}>
        <Select
          id={`${id}-pattern`}
          value={pattern || undefined}
          style={{ width: '100%' }}
          onChange={(key) => {
            setPattern(key)
            setWithout([])
          }}
          options={plan.suggestions.map((s) => ({ value: s.key, label: `${s.name} · ${t('apply.steps', { n: s.activities })}${s.fits ? ` · ${t('apply.fits')}` : ''}` }))}
        />
      </Row>
      <Row id={`${id}-start`} label={t('apply.start')} hint={t('apply.startHint')}>
        <Input id={`${id}-start`} type="date" value={start} onChange={(event) => setStart(event.target.value)} aria-describedby={`${id}-start-hint`} />
      </Row>
      {asked.length > 0 && (
        <fieldset className="mp-facts">
          <legend>
            {t('apply.facts')} <small>{t('apply.factsHint')}</small>
          </legend>
          <FactsForm asked={asked} facts={facts} onChange={setFacts} />
        </fieldset>
      )}
      <Previewed plan={plan} answer={answer} failed={failed} waiting={!start ? t('apply.needStart') : t('apply.previewing')} />
      {(chosen?.steps.length ?? 0) > 0 && (
        <details className="mp-without">
          <summary>
            {t('apply.without')} {without.length > 0 && <b>{without.length}</b>} <small>{t('apply.withoutHint')}</small>
          </summary>
          <Checkbox.Group className="mp-checks" value={chosen?.steps.map((s) => s.id).filter((step) => !without.includes(step))} onChange={(kept) => setWithout(chosen?.steps.map((s) => s.id).filter((step) => !kept.includes(step)) ?? [])} options={chosen?.steps.map((s) => ({ value: s.id, label: `${s.id} ${s.name}` }))} />
        </details>
      )}
    </Dialog>
  )
}

function Previewed({ plan, answer, failed, waiting }: { plan: PlanView; answer: PlanAnswer | null; failed: Failed | null; waiting: string }) {
  const { t } = useWords()
  const made = answer?.plan
  const undecided = made?.activities.filter((a) => a.undecided) ?? []
  return (
    <section className="mp-preview" aria-live="polite" aria-busy={!answer && !failed}>
      <h3>
        {t('apply.preview')}
        {made?.finish && <small>{t('apply.count', { n: made.activities.length, from: made.start ?? '', until: made.finish })}</small>}
      </h3>
      {failed ? <Problems title={failed.title} lines={failed.lines} /> : null}
      {answer && answer.unmet.length > 0 ? <Problems title={t('problem.title')} lines={answer.unmet} /> : null}
      {!answer && !failed ? <p>{waiting}</p> : null}
      {made && answer.unmet.length === 0 && (
        <dl>
          {made.milestones.map((m) => (
            <div key={m.milestone}>
              <dt>{m.name}</dt>
              <dd className="num">{dayIn(m.expected, '')}</dd>
              <dd>{m.due ? `${t('mile.due')} ${dayIn(m.due, plan.today)}` : ''}</dd>
            </div>
          ))}
        </dl>
      )}
      {undecided.length > 0 && (
        <p className="mp-note">
          {t('apply.undecided')}
          {': '}
          {undecided.map((a) => a.name).join(' · ')}
        </p>
      )}
    </section>
  )
}

/** What the server would make of it, a moment after the last change. */
function usePreview(id: string, ask: Omit<ApplyAsk, 'mode'>): { answer: PlanAnswer | null; failed: Failed | null } {
  const asked = JSON.stringify(ask)
  const [seen, setSeen] = useState<{ for: string; answer: PlanAnswer | null; failed: Failed | null }>({ for: '', answer: null, failed: null })
  useEffect(() => {
    const wanted = JSON.parse(asked) as Omit<ApplyAsk, 'mode'>
    if (!wanted.pattern || !wanted.start) return
    let live = true
    const timer = setTimeout(async () => {
      try {
        const { body } = await applyPlan(id, { ...wanted, mode: 'preview' })
        if (live) setSeen({ for: asked, answer: body, failed: null })
      } catch (error) {
        if (live) setSeen({ for: asked, answer: null, failed: { title: (error as Error).message, lines: [] } })
      }
    }, PAUSE_MS)
    return () => {
      live = false
      clearTimeout(timer)
    }
  }, [asked, id])
  return seen.for === asked ? seen : { answer: null, failed: null }
}
