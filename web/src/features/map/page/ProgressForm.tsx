/** Progress of a step that is no permit: what had been done on the day that somebody looked. */
import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import { Row } from './Dialog'
import { readWhole } from './FactsForm'
import type { Done, PlanActivity, PlanEdit, PlanView } from './types'
import type { Edit } from './useEditing'
import { useWords } from './words'

type Texts = Record<keyof Done, string>

const textsOf = (of: PlanActivity, today: string): Texts => ({
  started: of.progress.started ?? '',
  finished: of.progress.finished ?? '',
  remaining: of.progress.remaining?.toString() ?? '',
  percent: of.progress.percent?.toString() ?? '',
  seen: of.progress.seen ?? today,
})

/** What differs from what was reported; the day of looking alone says nothing. */
export function progressOf(of: PlanActivity, texts: Texts): PlanEdit | null {
  const wanted: Done = {
    started: texts.started || null,
    finished: texts.finished || null,
    remaining: readWhole(texts.remaining) ?? null,
    percent: readWhole(texts.percent) ?? null,
    seen: texts.seen || null,
  }
  const changed = (['started', 'finished', 'remaining', 'percent'] as const).filter((key) => wanted[key] !== (of.progress[key] ?? null))
  if (!changed.length) return null
  const edit: PlanEdit = { op: 'progress', id: of.id, ...Object.fromEntries(changed.map((key) => [key, wanted[key]])) }
  const measured = wanted.remaining !== null || wanted.percent !== null
  return measured && wanted.seen !== (of.progress.seen ?? null) ? { ...edit, seen: wanted.seen } : edit
}

export function ProgressForm({ plan, of, onEdit, onSaved }: { plan: PlanView; of: PlanActivity; onEdit: Edit; onSaved: () => void }) {
  const { t } = useWords()
  const id = useId()
  const [texts, setTexts] = useState(() => textsOf(of, plan.today))
  const [seen, setSeen] = useState(of)
  const edit = progressOf(seen, texts)
  // As long as nothing is typed, what others report is shown.
  if (!edit && seen !== of) {
    setSeen(of)
    setTexts(textsOf(of, plan.today))
  }
  const save = async () => {
    if (edit && (await onEdit([edit], t('node.reported', { name: of.name })))) onSaved()
  }
  const box = (key: keyof Done, more: { type?: string; suffix?: string }) => (
    <Row key={key} id={`${id}-${key}`} label={t(`node.${key}`)}>
      <Input id={`${id}-${key}`} size="small" {...more} inputMode={more.type ? undefined : 'numeric'} max={more.type === 'date' ? plan.today : undefined} value={texts[key]} onChange={(event) => setTexts((now) => ({ ...now, [key]: event.target.value }))} />
    </Row>
  )
  return (
    <section className="mp-part">
      <h3>{t('node.progress')}</h3>
      <form
        className="mp-form mp-tight"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        {box('started', { type: 'date' })}
        {of.days > 0 && box('remaining', { suffix: t('node.unit') })}
        {of.days > 0 && box('percent', { suffix: t('node.percentUnit') })}
        {of.days > 0 && box('seen', { type: 'date' })}
        {box('finished', { type: 'date' })}
        <p>
          <Button size="small" type="primary" htmlType="submit" disabled={!edit}>
            {t('act.save')}
          </Button>{' '}
          <small>{t('node.progressSays')}</small>
        </p>
      </form>
    </section>
  )
}
