/** The bar over the grid's foot while rows are selected: their sums, and one field set for all of them. */
import { Button, Popover, Select, Input } from 'antd'
import { useState } from 'react'
import type { Row } from '../api/types'
import { type Column, COLUMNS } from '../model/columns'
import { type Laid, readCell } from '../model/paste'
import type { Show } from '../show'
import { useWords } from '../words'
import { inPage } from './inPage'

interface BulkBarProps {
  rows: Row[]
  show: Show
  readOnly: boolean
  decides: boolean
  onLaid: (laid: Laid) => void
  onAddToList: () => void
  onMerge: () => void
  onClear: () => void
}

const fieldsOf = (decides: boolean) => COLUMNS.filter((c) => c.field && (decides || !c.decision))

export function BulkBar({ rows, show, readOnly, decides, onLaid, onAddToList, onMerge, onClear }: BulkBarProps) {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  const sum = (of: (r: Row) => number | null) => rows.reduce((n, r) => n + (r.counts ? (of(r) ?? 0) : 0), 0)
  return (
    <section className="pj-bulk" aria-label={t('bulk.label')}>
      <span>{t('bulk.sum', { count: rows.length, investment: show.units.moneySaid(sum((r) => r.investment)), plan: show.units.moneySaid(sum((r) => r.annual_plan)) })}</span>
      <span className="pj-space" />
      {!readOnly && (
        <>
          <Popover getPopupContainer={inPage}
            trigger="click"
            placement="topRight"
            open={open}
            onOpenChange={setOpen}
            arrow={false}
            content={
              <BulkForm
                rows={rows}
                show={show}
                onLaid={(laid) => {
                  setOpen(false)
                  onLaid(laid)
                }}
              />
            }
          >
            <button type="button">{t('bulk.set')}</button>
          </Popover>
          {decides && (
            <button type="button" onClick={onAddToList}>
              {t('bulk.addToList')}
            </button>
          )}
          {decides && rows.length > 1 && (
            <button type="button" onClick={onMerge}>
              {t('acts.merge')}
            </button>
          )}
        </>
      )}
      <button type="button" onClick={onClear}>
        {t('act.cancel')} <kbd>Esc</kbd>
      </button>
    </section>
  )
}

function BulkForm({ rows, show, onLaid }: { rows: Row[]; show: Show; onLaid: (laid: Laid) => void }) {
  const { t } = useWords()
  const [key, setKey] = useState('division')
  const [text, setText] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const fields = fieldsOf(show.decides)
  const column = fields.find((c) => c.key === key)
  const preview = () => {
    if (!column?.field) return
    const reading = readCell(text, column, show.registers.choicesOf(column), show.units, Number(show.today.slice(0, 4)))
    if (!reading.ok) setWrong(t(`problem.${reading.code}`))
    else onLaid(setAll(rows, column, column.field, reading.value))
  }
  return (
    <form
      className="pj-bulkform"
      onSubmit={(e) => {
        e.preventDefault()
        preview()
      }}
    >
      <Select
        value={key}
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={t('bulk.field')}
        options={fields.map((c) => ({ value: c.key, label: t(`col.${c.key}`) }))}
        onChange={(k) => {
          setKey(k)
          setText('')
          setWrong(null)
        }}
      />
      {column?.kind === 'choice' && column.register ? (
        <Select
          value={text || undefined}
          showSearch={{ optionFilterProp: 'label' }}
          aria-label={t('bulk.value')}
          placeholder={t('form.choose')}
          options={show.registers.options(column.register)}
          onChange={setText}
        />
      ) : (
        <Input
          value={text}
          aria-label={t('bulk.value')}
          status={wrong ? 'error' : undefined}
          placeholder={t(`edit.hint.${column?.kind ?? 'text'}`)}
          onChange={(e) => {
            setText(e.target.value)
            setWrong(null)
          }}
        />
      )}
      {wrong && <div className="pj-why">{wrong}</div>}
      <Button type="primary" htmlType="submit">
        {t('bulk.preview', { count: rows.length })}
      </Button>
    </form>
  )
}

/** One value for all rows, as a laid block, so that the same preview and the same commit serve. */
function setAll(rows: Row[], column: Column, field: string, after: string | number | null): Laid {
  const changed = rows.filter((r) => column.value(r) !== after)
  return {
    changes: changed.map((row, line) => ({ line, row, column, field, before: column.value(row), after })),
    problems: [],
    same: rows.length - changed.length,
    edits: changed.map((r) => ({ id: r.id, seq: r.seq, patch: { [field]: after } })),
  }
}
