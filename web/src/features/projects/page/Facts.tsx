/** The card of facts. Click or Enter on a fact edits it in place; what a decision is needed for opens its dialog. */
import { type ComponentRef, useEffect, useRef, useState } from 'react'
import { failureOf } from '../acts/form'
import { patchProject } from '../api/queries'
import type { ProjectView, Stale } from '../api/types'
import { Input, type InputRef, type RefSelectProps, Select } from 'antd'
import { readChoice, readDay, readPeriod, type Reading } from '../model/values'
import type { Register } from '../model/columns'
import { longPeriod, type Show } from '../show'
import { useWords } from '../words'

interface Fact {
  field: string
  kind: 'text' | 'long' | 'money' | 'area' | 'period' | 'day' | 'choice'
  register?: Register
}

const GROUPS: { key: string; facts: Fact[] }[] = [
  {
    key: 'place',
    facts: [
      { field: 'division', kind: 'choice', register: 'divisions' },
      { field: 'platform', kind: 'choice', register: 'platforms' },
      { field: 'location', kind: 'text' },
      { field: 'industry', kind: 'choice', register: 'industries' },
      { field: 'nature', kind: 'choice', register: 'natures' },
      { field: 'procedure', kind: 'choice', register: 'procedures' },
    ],
  },
  {
    key: 'size',
    facts: [
      { field: 'total_investment', kind: 'money' },
      { field: 'land_total', kind: 'area' },
      { field: 'land_new', kind: 'area' },
      { field: 'land_supplied', kind: 'area' },
      { field: 'scale', kind: 'long' },
    ],
  },
  {
    key: 'plan',
    facts: [
      { field: 'start_planned', kind: 'period' },
      { field: 'finish_planned', kind: 'period' },
      { field: 'operate_planned', kind: 'period' },
      { field: 'ramp_planned', kind: 'period' },
    ],
  },
  {
    key: 'happened',
    facts: [
      { field: 'pool_entry_on', kind: 'day' },
      { field: 'ceremony_on', kind: 'day' },
      { field: 'permit_on', kind: 'day' },
      { field: 'stat_entry_on', kind: 'day' },
      { field: 'physical_progress', kind: 'long' },
      { field: 'remark', kind: 'long' },
    ],
  },
]

interface FactsProps {
  view: ProjectView
  show: Show
  readOnly: boolean
  /** Only some groups, for the side card. */
  groups?: string[]
  onSaved: (view: ProjectView, feed: number, field: string) => void
  onStale: (stale: Stale) => void
}

export function Facts(props: FactsProps) {
  const { t } = useWords()
  const { view, groups } = props
  return (
    <>
      {GROUPS.filter((g) => !groups || groups.includes(g.key)).map((group) => (
        <section key={group.key} className="pj-facts">
          <h3>{t(`facts.${group.key}`)}</h3>
          <dl>
            {group.facts.map((fact) => (
              <FactRow key={`${fact.field}-${view.seq}`} fact={fact} {...props} />
            ))}
          </dl>
        </section>
      ))}
    </>
  )
}

function FactRow({ fact, view, show, readOnly, onSaved, onStale }: FactsProps & { fact: Fact }) {
  const { t, fieldWord } = useWords()
  const [editing, setEditing] = useState(false)
  const value = (view.project as unknown as Record<string, string | number | null>)[fact.field] ?? null
  const [refusal, setRefusal] = useState<string | null>(null)
  const label = fieldWord(fact.field)

  const save = async (text: string) => {
    const reading = readFact(fact, text, show)
    if (!reading.ok) return setRefusal(`${t(`problem.${reading.code}`)} ${t(`remedy.${reading.code}`)}`)
    if (reading.value === value) return setEditing(false)
    try {
      const sent = await patchProject(view.project.id, view.seq, { [fact.field]: reading.value })
      setEditing(false)
      onSaved(sent.body, sent.body.feed || sent.feed, fact.field)
    } catch (error) {
      const failure = failureOf(error, t('act.offline'))
      if (failure.stale) {
        setEditing(false)
        onStale(failure.stale)
      } else setRefusal(failure.problems.map((p) => p.title).join(' ') || failure.title)
    }
  }
  const begin = () => {
    setRefusal(null)
    setEditing(true)
  }
  return (
    <div className={fact.kind === 'long' ? 'pj-wide' : undefined}>
      <dt>{label}</dt>
      <dd>
        {editing ? (
          <FactEditor fact={fact} value={value} show={show} label={label} refusal={refusal} onSave={(text) => void save(text)} onCancel={() => setEditing(false)} />
        ) : readOnly ? (
          <span className={value === null ? 'pj-none' : undefined}>{factText(fact, value, show)}</span>
        ) : (
          <button type="button" className={`pj-fact${value === null ? ' pj-none' : ''}`} onClick={begin} aria-label={t('facts.edit', { field: label, value: factText(fact, value, show) })}>
            {factText(fact, value, show)}
          </button>
        )}
      </dd>
    </div>
  )
}

interface FactEditorProps {
  fact: Fact
  value: string | number | null
  show: Show
  label: string
  refusal: string | null
  onSave: (text: string) => void
  onCancel: () => void
}

function FactEditor({ fact, value, show, label, refusal, onSave, onCancel }: FactEditorProps) {
  const { t } = useWords()
  const [text, setText] = useState(editText(fact, value, show))
  const select = useRef<RefSelectProps>(null)
  const input = useRef<InputRef>(null)
  const area = useRef<ComponentRef<typeof Input.TextArea>>(null)
  useEffect(() => {
    select.current?.focus()
    input.current?.focus({ cursor: 'all' })
    area.current?.focus()
  }, [])
  const keys = (e: React.KeyboardEvent) => {
    if (e.nativeEvent.isComposing) return
    if (e.key === 'Escape') {
      e.stopPropagation()
      onCancel()
    }
    if (e.key === 'Enter' && (fact.kind !== 'long' || e.ctrlKey)) onSave(text)
  }
  const shared = { value: text, size: 'small' as const, 'aria-label': label, status: refusal ? ('error' as const) : undefined }
  return (
    <div className="pj-factedit">
      {fact.kind === 'choice' && fact.register ? (
        <Select
          ref={select}
          defaultOpen
          size="small"
          showSearch={{ optionFilterProp: 'label' }}
          aria-label={label}
          value={String(value ?? '') || undefined}
          options={[{ value: '', label: t('edit.clear') }, ...show.registers.options(fact.register)]}
          onChange={onSave}
          onKeyDown={keys}
          onBlur={onCancel}
          style={{ width: '100%' }}
        />
      ) : fact.kind === 'long' ? (
        <Input.TextArea ref={area} {...shared} autoSize={{ minRows: 2 }} onChange={(e) => setText(e.target.value)} onKeyDown={keys} onBlur={() => !refusal && onSave(text)} />
      ) : (
        <Input ref={input} {...shared} placeholder={t(`edit.hint.${fact.kind}`)} onChange={(e) => setText(e.target.value)} onKeyDown={keys} onBlur={() => !refusal && onSave(text)} />
      )}
      {refusal && (
        <div className="pj-why" role="alert">
          {refusal}
        </div>
      )}
    </div>
  )
}

function readFact(fact: Fact, text: string, show: Show): Reading<string | number> {
  const year = Number(show.today.slice(0, 4))
  switch (fact.kind) {
    case 'money':
      return show.units.readMoney(text)
    case 'area':
      return show.units.readLand(text)
    case 'period':
      return readPeriod(text, year)
    case 'day':
      return readDay(text, year)
    case 'choice':
      return fact.register ? readChoice(text, show.registers.choices(fact.register)) : { ok: true, value: text }
    default:
      return { ok: true, value: text.trim() || null }
  }
}

function editText(fact: Fact, value: string | number | null, { units }: Show): string {
  if (value === null) return ''
  if (fact.kind === 'money') return units.moneyExact(Number(value))
  if (fact.kind === 'area') return units.landExact(Number(value))
  return String(value)
}

export function factText(fact: Fact, value: string | number | null, show: Show): string {
  if (value === null || value === '') return '—'
  switch (fact.kind) {
    case 'money':
      return show.units.moneySaid(Number(value))
    case 'area':
      return show.units.landSaid(Number(value))
    case 'period':
    case 'day':
      return longPeriod(String(value), show.lang)
    case 'choice':
      return fact.register ? show.registers.word(fact.register, String(value)) : String(value)
    default:
      return String(value)
  }
}
