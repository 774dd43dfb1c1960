/** Steps come and go: adding one, taking one out with what leans on it, the day of acceptance, what is known of the project. */
import { Button, Input, Radio, Select } from 'antd'
import { useId, useState } from 'react'
import { Dialog, Row } from './Dialog'
import { leaningOn, tidyLinks } from './edits'
import { type Facts, FactsForm, factsOf, readWhole } from './FactsForm'
import type { Clock, PlanActivity, PlanView } from './types'
import type { Edit } from './useEditing'
import { useWords } from './words'

interface Common {
  plan: PlanView
  onEdit: Edit
  onClose: () => void
}

export function RemoveDialog({ plan, of, onEdit, onClose }: Common & { of: PlanActivity }) {
  const { t } = useWords()
  const leans = leaningOn(plan, of.id)
  const [bridge, setBridge] = useState(true)
  const worked = of.actual_start !== null
  const yes = async () => {
    onClose()
    await onEdit([{ op: 'remove', id: of.id, ...(leans.length && bridge ? { bridge } : {}) }], t('remove.did', { name: of.name }))
  }
  return (
    <Dialog title={t('remove.title', { name: of.name })} yes={t('remove.yes')} danger onYes={() => void yes()} onClose={onClose}>
      {leans.length === 0 ? (
        <p>{t('remove.none')}</p>
      ) : (
        <>
          <p>{t('remove.leans', { n: leans.length })}</p>
          <ul>
            {leans.map((a) => (
              <li key={a.id}>
                {a.id} {a.name} <span className="num">{a.after}</span>
              </li>
            ))}
          </ul>
          <Radio.Group
            value={bridge}
            onChange={(event) => setBridge(event.target.value as boolean)}
            options={[
              { value: true, label: t('remove.bridge', { after: of.after || t('act.none') }) },
              { value: false, label: t('remove.noBridge') },
            ]}
          />
        </>
      )}
      {worked && <p className="mp-note">{t('remove.evidence')}</p>}
    </Dialog>
  )
}

const CLOCKS: readonly Clock[] = ['government', 'government_commissioned', 'utility', 'owner_commissioned', 'owner', 'contractor', 'milestone']

export function AddDialog({ plan, onEdit, onClose, beside }: Common & { beside: PlanActivity | undefined }) {
  const { t } = useWords()
  const id = useId()
  const [name, setName] = useState('')
  const [days, setDays] = useState('5')
  const [after, setAfter] = useState(beside?.id ?? '')
  const [phase, setPhase] = useState(beside?.phase ?? plan.phases[0]?.number ?? 0)
  const [clock, setClock] = useState<Clock>('owner')
  const whole = readWhole(days)
  const yes = async () => {
    onClose()
    const place = beside ? { place: beside.place + 1 } : {}
    await onEdit([{ op: 'add', name: name.trim(), phase, days: whole ?? 0, after: tidyLinks(after), clock, ...place }], t('add.did', { name: name.trim() }))
  }
  return (
    <Dialog title={t('add.title')} yes={t('add.title')} disabled={!name.trim() || whole === undefined} onYes={() => void yes()} onClose={onClose}>
      <Row id={`${id}-name`} label={t('add.name')}>
        <Input id={`${id}-name`} value={name} onChange={(event) => setName(event.target.value)} />
      </Row>
      <Row id={`${id}-days`} label={t('add.days')}>
        <Input id={`${id}-days`} inputMode="numeric" value={days} onChange={(event) => setDays(event.target.value)} />
      </Row>
      <Row id={`${id}-after`} label={t('add.after')} hint={t('node.afterHint')}>
        <Input id={`${id}-after`} value={after} onChange={(event) => setAfter(event.target.value)} aria-describedby={`${id}-after-hint`} />
      </Row>
      <Row id={`${id}-phase`} label={t('add.phase')}>
        <Select id={`${id}-phase`} style={{ width: '100%' }} value={phase} onChange={setPhase} options={plan.phases.map((p) => ({ value: p.number, label: p.name }))} />
      </Row>
      <Row id={`${id}-clock`} label={t('add.clock')}>
        <Select id={`${id}-clock`} style={{ width: '100%' }} value={clock} onChange={setClock} options={CLOCKS.map((value) => ({ value, label: t(`clock.${value}`) }))} />
      </Row>
    </Dialog>
  )
}

export function StartDialog({ plan, onEdit, onClose }: Common) {
  const { t } = useWords()
  const id = useId()
  const [start, setStart] = useState(plan.start ?? plan.today)
  const yes = async () => {
    onClose()
    await onEdit([{ op: 'start', start }], t('start.did', { day: start }))
  }
  return (
    <Dialog title={t('start.title')} yes={t('act.save')} disabled={!start || start === plan.start} onYes={() => void yes()} onClose={onClose}>
      <Row id={id} label={t('apply.start')} hint={t('apply.startHint')}>
        <Input id={id} type="date" value={start} onChange={(event) => setStart(event.target.value)} aria-describedby={`${id}-hint`} />
      </Row>
    </Dialog>
  )
}

export function FactsDialog({ plan, onEdit, onClose }: Common) {
  const { t } = useWords()
  const [facts, setFacts] = useState<Facts>(() => factsOf(plan.facts))
  const changed = Object.fromEntries(plan.facts.flatMap((f) => ((facts[f.key] ?? null) === f.value ? [] : [[f.key, facts[f.key] ?? null]])))
  const yes = async () => {
    onClose()
    await onEdit([{ op: 'facts', facts: changed }], t('facts.did'))
  }
  return (
    <Dialog title={t('facts.title')} yes={t('act.save')} disabled={Object.keys(changed).length === 0} onYes={() => void yes()} onClose={onClose}>
      <p className="mp-note">{t('apply.factsHint')}</p>
      <FactsForm asked={plan.facts} facts={facts} onChange={setFacts} />
      {plan.left_out.length > 0 && (
        <section className="mp-part">
          <h3>{t('facts.restore')}</h3>
          <ul className="mp-leftout">
            {plan.left_out.map((s) => (
              <li key={s.id}>
                {s.id} {s.name}
                <Button
                  size="small"
                  onClick={() => {
                    onClose()
                    void onEdit([{ op: 'restore', id: s.id }], t('facts.restored', { name: s.name }))
                  }}
                >
                  {t('facts.back')}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Dialog>
  )
}
