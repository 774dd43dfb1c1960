/** One form for every recorded act: fields as data, refusals listed in full, the stale case told with who and what. */
import { Alert, Button, Input, Modal, Select } from 'antd'
import { useId, useState } from 'react'
import { Refused } from '../../../shared/api'
import type { ProblemView, Stale } from '../api/types'
import type { Units } from '../../../shared/ui'
import { readDay, readPeriod } from '../model/values'
import { useWords } from '../words'
import { useReturnFocus } from './useReturnFocus'

export type Value = string | number | null
export type Values = Record<string, Value>

export interface Field {
  key: string
  label: string
  kind: 'text' | 'long' | 'day' | 'period' | 'money' | 'area' | 'choice' | 'year'
  required?: boolean
  options?: { value: string; label: string }[]
  hint?: string
  /** Asked only while this holds. */
  when?: (values: Record<string, string>) => boolean
}

export interface ActForm {
  title: string
  fields: Field[]
  initial?: Record<string, string>
  /** What will happen, in a sentence. */
  lead?: string
  submit: (values: Values) => Promise<unknown>
  danger?: boolean
  saveWord?: string
  year: number
}

export interface Failure {
  title: string
  problems: ProblemView[]
  stale: Stale | null
}

/** A bulk edit of which some rows were refused: nothing was written. */
export class RefusedRows extends Error {
  readonly problems: ProblemView[]
  constructor(title: string, problems: ProblemView[]) {
    super(title)
    this.problems = problems
  }
}

/** What the server said no with. Anything else (no network) is told as such. */
export function failureOf(error: unknown, offline: string): Failure {
  if (error instanceof Refused) {
    const { problem } = error
    return { title: problem.title ?? String(error.status), problems: problem.problems ?? [], stale: problem.stale ?? null }
  }
  if (error instanceof RefusedRows) return { title: error.message, problems: error.problems, stale: null }
  return { title: offline, problems: [], stale: null }
}

/** Problems by the field that they are about; what is about none of those asked stays in the list. */
export function problemsAt(asked: Field[], problems: ProblemView[]) {
  const wrong: Record<string, string> = {}
  const rest: ProblemView[] = []
  for (const p of problems) {
    const field = p.severity === 'block' ? asked.find((f) => f.key === p.place) : undefined
    if (!field) rest.push(p)
    else wrong[field.key] = [wrong[field.key], p.title, p.remedy].filter(Boolean).join('\n')
  }
  return { wrong, rest }
}

function focusFirst(asked: Field[], wrong: Record<string, string>, id: string) {
  const first = asked.find((f) => wrong[f.key])
  if (first) document.getElementById(`${id}-${first.key}`)?.focus()
}

export function ActDialog({ form, onClose, onReload }: { form: ActForm; onClose: () => void; onReload?: () => void }) {
  const { t, units } = useWords()
  useReturnFocus()
  const id = useId()
  const [texts, setTexts] = useState<Record<string, string>>(form.initial ?? {})
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState(false)
  const asked = form.fields.filter((f) => !f.when || f.when(texts))

  const submit = async () => {
    const read = readAll(asked, texts, units, form.year, t)
    setWrong(read.wrong)
    setFailure(null)
    if (Object.keys(read.wrong).length) {
      focusFirst(asked, read.wrong, id)
      return
    }
    setBusy(true)
    try {
      await form.submit(read.values)
      onClose()
    } catch (error) {
      const refused = failureOf(error, t('act.offline'))
      const at = problemsAt(asked, refused.problems)
      setWrong(at.wrong)
      setFailure({ ...refused, problems: at.rest })
      focusFirst(asked, at.wrong, id)
    } finally {
      setBusy(false)
    }
  }

  return (
    <Modal
      open
      title={form.title}
      onCancel={onClose}
      width={560}
      footer={[
        <Button key="no" onClick={onClose}>
          {t('act.cancel')}
        </Button>,
        <Button key="yes" type="primary" danger={form.danger} loading={busy} onClick={() => void submit()}>
          {form.saveWord ?? t('act.save')}
        </Button>,
      ]}
    >
      <form
        className="pj-form"
        onSubmit={(e) => {
          e.preventDefault()
          void submit()
        }}
      >
        {form.lead && <p className="pj-lead">{form.lead}</p>}
        {asked.map((field) => (
          <FieldRow
            key={field.key}
            id={`${id}-${field.key}`}
            field={field}
            value={texts[field.key] ?? ''}
            wrong={wrong[field.key]}
            onChange={(value) => setTexts((all) => ({ ...all, [field.key]: value }))}
          />
        ))}
        {failure && <FailureBox failure={failure} onReload={onReload} />}
        <button type="submit" hidden aria-label={t('act.save')} />
      </form>
    </Modal>
  )
}

export function FieldRow(props: { id: string; field: Field; value: string; wrong?: string; onChange: (value: string) => void }) {
  const { id, field, value, wrong, onChange } = props
  const { t } = useWords()
  const shared = { id, value, status: wrong ? ('error' as const) : undefined, 'aria-describedby': `${id}-why`, 'aria-required': field.required, 'aria-invalid': wrong !== undefined }
  const hint = field.hint ?? t(`form.hint.${field.kind}`)
  return (
    <div className="pj-field">
      <label htmlFor={id}>
        {field.label}
        {field.required && <b aria-hidden="true">*</b>}
      </label>
      <div>
        {field.kind === 'choice' ? (
          <Select
            id={id}
            value={value || undefined}
            status={shared.status}
            options={field.options}
            allowClear={!field.required}
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={t('form.choose')}
            style={{ width: '100%' }}
            onChange={(v) => onChange(v ?? '')}
          />
        ) : field.kind === 'long' ? (
          <Input.TextArea {...shared} autoSize={{ minRows: 2, maxRows: 6 }} onChange={(e) => onChange(e.target.value)} />
        ) : (
          <Input {...shared} placeholder={hint} onChange={(e) => onChange(e.target.value)} suffix={t(`form.unit.${field.kind}`) || undefined} />
        )}
        <div id={`${id}-why`} className="pj-why">
          {wrong}
        </div>
      </div>
    </div>
  )
}

/** Reads every box; all that cannot be read or is missing, at once. */
export function readAll(fields: Field[], texts: Record<string, string>, units: Units, year: number, t: (key: string) => string) {
  const values: Values = {}
  const wrong: Record<string, string> = {}
  for (const field of fields) {
    const text = texts[field.key] ?? ''
    const reading = readField(field, text, units, year)
    if (!reading.ok) wrong[field.key] = t(`problem.${reading.code}`)
    else if (field.required && (reading.value === null || reading.value === '')) wrong[field.key] = t('form.required')
    else values[field.key] = reading.value
  }
  return { values, wrong }
}

function readField(field: Field, text: string, units: Units, year: number) {
  switch (field.kind) {
    case 'day':
      return readDay(text, year)
    case 'period':
      return readPeriod(text, year)
    case 'money':
      return units.readMoney(text)
    case 'area':
      return units.readLand(text)
    case 'year': {
      const n = Number(text.replace(/年$/, ''))
      return Number.isInteger(n) && n > 1900 && n < 3000
        ? { ok: true as const, value: n }
        : { ok: false as const, code: 'not_a_period' as const, found: text }
    }
    default:
      return { ok: true as const, value: text.trim() || null }
  }
}

export function FailureBox({ failure, onReload }: { failure: Failure; onReload?: () => void }) {
  const { t, fieldWord } = useWords()
  if (failure.stale) {
    const { by, at, fields } = failure.stale
    return (
      <Alert
        type="warning"
        role="alert"
        title={t('stale.title', { by, at: at.slice(11, 16) })}
        description={t('stale.fields', { fields: fields.map(fieldWord).join(t('comma')) })}
        action={
          onReload && (
            <Button size="small" onClick={onReload}>
              {t('stale.reload')}
            </Button>
          )
        }
      />
    )
  }
  return (
    <div className="pj-refused" role="alert">
      <b>{failure.title}</b>
      <ProblemList problems={failure.problems} />
    </div>
  )
}

/** Problems as a list: what, and how to mend it. Ink for a bar, amber for a reminder. */
export function ProblemList({ problems }: { problems: ProblemView[] }) {
  const { t } = useWords()
  if (!problems.length) return null
  return (
    <ul className="pj-problems">
      {problems.map((p) => (
        <li key={`${p.code}-${p.place}-${p.title}`} className={`pj-p-${p.severity}`}>
          <i aria-hidden="true">{p.severity === 'block' ? '○' : '▲'}</i>
          <span className="pj-unseen">{t(`severity.${p.severity}`)}</span>
          <span>
            {p.title}
            {p.remedy && <small>{p.remedy}</small>}
          </span>
        </li>
      ))}
    </ul>
  )
}
