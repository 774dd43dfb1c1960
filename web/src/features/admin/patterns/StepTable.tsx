/** The steps as a table: what is changed most in its cells, the rest in a sheet. Rows move by buttons and by Alt with the arrows. */
import { Button, Input, InputNumber } from 'antd'
import { memo, useLayoutEffect, useRef, useState } from 'react'
import type { ActivityDraft, PatternCheck, PatternDates, PatternDraft, PatternFinding, PatternShared } from '../../../shared/api'
import { moved, valueText, withStep, without } from './model'
import { useWords, type WordKey } from './words'

interface Props {
  draft: PatternDraft
  shared: PatternShared
  dates: PatternDates | null
  findings: readonly PatternFinding[]
  difference: PatternCheck['difference'] | null
  mayEdit: boolean
  set: (next: PatternDraft) => void
  onOpen: (at: number) => void
}

export function StepTable(props: Props) {
  const { t } = useWords()
  const { draft, dates, findings, difference } = props
  // Rows change through what is newest, so that a row that did not change need not be drawn again.
  const latest = useRef(props)
  useLayoutEffect(() => {
    latest.current = props
  })
  const [acts] = useState<RowActs>(() => ({
    patch: (at, patch) => latest.current.set(withStep(latest.current.draft, at, patch)),
    move: (at, by) => latest.current.set(moved(latest.current.draft, at, by)),
    remove: (at) => latest.current.set(without(latest.current.draft, at)),
    open: (at) => latest.current.onOpen(at),
  }))
  const days = new Map(dates?.steps.map((d) => [d.id, d]))
  const changed = new Map(difference?.steps.map((s) => [s.id, s.kind]))
  const wrong = new Map<number, string>()
  for (const f of findings) if (f.row !== null) wrong.set(f.row, `${wrong.get(f.row) ?? ''}${f.field},`)
  const columns = ['id', 'zh', 'en', 'after', 'days', 'department', 'clock', 'limit', 'formality', 'when', 'start', 'finish', 'float'] as const
  return (
    <div className="scroll-x pat-scroll">
      <table className="sheet-table dense pat-table">
        <thead>
          <tr>
            {columns.map((c) => (
              <th scope="col" key={c} className={c === 'days' || c === 'float' ? 'n' : ''}>
                {t(`field.${c}`)}
              </th>
            ))}
            <th scope="col">
              <span className="hidden-visually">{t('act.more', { id: '' })}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {draft.activities.map((step, at) => {
            const d = days.get(step.id)
            return (
              <Row
                key={at}
                at={at}
                step={step}
                shared={props.shared}
                mayEdit={props.mayEdit}
                last={at === draft.activities.length - 1}
                start={d?.start ?? ''}
                finish={d?.finish ?? ''}
                float={d ? d.total_float : null}
                critical={d?.critical ?? false}
                wrong={wrong.get(at) ?? ''}
                change={changed.get(step.id) ?? null}
                acts={acts}
              />
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

interface RowActs {
  patch: (at: number, patch: Partial<ActivityDraft>) => void
  move: (at: number, by: -1 | 1) => void
  remove: (at: number) => void
  open: (at: number) => void
}

interface RowProps {
  at: number
  step: ActivityDraft
  shared: PatternShared
  mayEdit: boolean
  last: boolean
  start: string
  finish: string
  float: number | null
  critical: boolean
  /** Fields with findings, each followed by a comma. */
  wrong: string
  change: string | null
  acts: RowActs
}

const Row = memo(function Row({ at, step, shared, mayEdit, last, start, finish, float, critical, wrong, change, acts }: RowProps) {
  const { t, lang } = useWords()
  const bad = (field: string) => wrong.split(',').includes(field)
  const label = (field: string) => `${step.id || at + 1} ${t(`field.${field}` as WordKey)}`
  const text = (field: 'id' | 'after', width: string) => (
    <Input size="small" className={width} value={step[field]} disabled={!mayEdit} aria-label={label(field)} aria-invalid={bad(field)} status={bad(field) ? 'error' : ''} onChange={(e) => acts.patch(at, { [field]: e.target.value })} />
  )
  const name = (of: 'zh' | 'en') => (
    <Input size="small" className="pat-name" value={step.words[of]} disabled={!mayEdit} aria-label={label(of)} aria-invalid={bad('words')} status={bad('words') && !step.words[of].trim() ? 'error' : ''} onChange={(e) => acts.patch(at, { words: { ...step.words, [of]: e.target.value } })} />
  )
  const shown = (field: string) => <span className={bad(field) ? 'pat-wrong' : ''}>{valueText(step, field, shared, t, lang) || <span className="muted">—</span>}</span>
  return (
    <tr
      className={[critical ? 'pat-critical' : '', change ? 'pat-changed' : '', wrong ? 'pat-bad' : ''].join(' ')}
      onKeyDown={(e) => {
        if (!mayEdit || !e.altKey || (e.key !== 'ArrowUp' && e.key !== 'ArrowDown')) return
        e.preventDefault()
        const by = e.key === 'ArrowUp' ? -1 : 1
        const cell = (e.target as HTMLElement).closest('td,th')
        const column = cell ? (cell as HTMLTableCellElement).cellIndex : 0
        const other = by < 0 ? e.currentTarget.previousElementSibling : e.currentTarget.nextElementSibling
        acts.move(at, by)
        ;(other as HTMLTableRowElement | null)?.cells[column]?.querySelector<HTMLElement>('input,button')?.focus()
      }}
    >
      <th scope="row">{text('id', 'pat-id')}</th>
      <td>{name('zh')}</td>
      <td>{name('en')}</td>
      <td>{text('after', 'pat-after')}</td>
      <td className="n">
        <InputNumber size="small" className="pat-days" min={0} max={10_000} precision={0} controls={false} value={step.days} disabled={!mayEdit} aria-label={label('days')} aria-invalid={bad('days')} status={bad('days') ? 'error' : ''} onChange={(days) => acts.patch(at, { days })} />
      </td>
      <td>{shown('department')}</td>
      <td>{shown('clock')}</td>
      <td>{shown('limit')}</td>
      <td>{shown('formality')}</td>
      <td>{shown('when')}</td>
      <td className="num">{start}</td>
      <td className="num">{finish}</td>
      <td className="n num">{critical ? <span className="pat-red">{t('check.critical')}</span> : (float ?? '')}</td>
      <td className="admin-acts">
        {mayEdit ? (
          <>
            <Button size="small" type="text" disabled={at === 0} aria-label={t('act.up', { id: step.id })} onClick={() => acts.move(at, -1)}>
              ↑
            </Button>
            <Button size="small" type="text" disabled={last} aria-label={t('act.down', { id: step.id })} onClick={() => acts.move(at, 1)}>
              ↓
            </Button>
            <Button size="small" type="text" aria-label={t('act.remove', { id: step.id })} onClick={() => acts.remove(at)}>
              ×
            </Button>
          </>
        ) : null}
        <Button size="small" type="text" aria-label={t('act.more', { id: step.id })} onClick={() => acts.open(at)}>
          …
        </Button>
      </td>
    </tr>
  )
})
