/** Changing a step: days, what it waits for in planners' notation, who answers, limits of time; its line; taking it out. */
import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import { Row } from './Dialog'
import { readWhole } from './FactsForm'
import { setOf, tidyLinks } from './edits'
import { WhoPicker } from './WhoPicker'
import type { Fields, PlanActivity, PlanView } from './types'
import type { Edit } from './useEditing'
import { useWords } from './words'

interface EditProps {
  plan: PlanView
  of: PlanActivity
  onEdit: Edit
  onSaved: () => void
  onRemove: () => void
}

type Texts = Record<'name' | 'days' | 'after' | 'party' | 'not_before' | 'due' | 'note', string>

const textsOf = (of: PlanActivity): Texts => ({ name: of.name, days: String(of.days), after: of.after, party: of.party ?? '', not_before: of.not_before ?? '', due: of.due ?? '', note: of.note ?? '' })

function fieldsOf(of: PlanActivity, texts: Texts, org: string | null): Partial<Fields> {
  return {
    name: texts.name.trim() || of.name,
    days: readWhole(texts.days) ?? of.days,
    after: tidyLinks(texts.after),
    party: texts.party.trim() || null,
    not_before: texts.not_before || null,
    due: texts.due || null,
    note: texts.note.trim() || null,
    org,
  }
}

export function EditForm({ plan, of, onEdit, onSaved, onRemove }: EditProps) {
  const { t } = useWords()
  const id = useId()
  // What the editor saw when the typing began: others may change the step meanwhile, and the server is told what was seen.
  const [seen, setSeen] = useState(of)
  const [texts, setTexts] = useState(() => textsOf(of))
  const [org, setOrg] = useState<string | null>(of.org?.id ?? null)
  const edit = setOf(seen, fieldsOf(seen, texts, org))
  if (!edit && seen !== of) {
    setSeen(of)
    setTexts(textsOf(of))
    setOrg(of.org?.id ?? null)
  }
  const save = async () => {
    if (edit && (await onEdit([edit], t('node.saved', { name: of.name })))) onSaved()
  }
  const lines = plan.activities.map((a) => a.id)
  const at = lines.indexOf(of.id)
  const move = (by: number) => {
    const other = plan.activities[at + by]
    if (other) void onEdit([{ op: 'move', id: of.id, place: other.place }], t('node.moved', { name: of.name }))
  }
  const box = (key: keyof Texts, label: string, more: { type?: string; hint?: string; suffix?: string } = {}) => (
    <Row key={key} id={`${id}-${key}`} label={label} hint={more.hint}>
      <Input
        id={`${id}-${key}`}
        size="small"
        type={more.type}
        suffix={more.suffix}
        aria-describedby={more.hint ? `${id}-${key}-hint` : undefined}
        value={texts[key]}
        onChange={(event) => setTexts((now) => ({ ...now, [key]: event.target.value }))}
      />
    </Row>
  )
  return (
    <section className="mp-part">
      <h3>{t('node.edit')}</h3>
      <form
        className="mp-form mp-tight"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        {box('days', t('node.days'), { suffix: t('node.unit') })}
        {box('after', t('node.after'), { hint: t('node.afterHint') })}
        {box('not_before', t('node.notBefore'), { type: 'date' })}
        {box('due', t('node.planned'), { type: 'date' })}
        <WhoPicker label={t('node.who')} value={org} onChange={setOrg} />
        {box('party', t('node.party'))}
        {box('name', t('node.name'))}
        {box('note', t('node.note'))}
        <p className="mp-nodeacts">
          <Button size="small" type="primary" htmlType="submit" disabled={!edit}>
            {t('act.save')}
          </Button>
          <Button size="small" disabled={at <= 0} onClick={() => move(-1)}>
            ↑ {t('node.up')}
          </Button>
          <Button size="small" disabled={at < 0 || at >= lines.length - 1} onClick={() => move(1)}>
            ↓ {t('node.down')}
          </Button>
          <Button size="small" danger onClick={onRemove}>
            {t('node.remove')}
          </Button>
        </p>
      </form>
    </section>
  )
}
