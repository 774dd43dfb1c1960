// Step 2: which sheet, which rows are headings, what list it is, and what every column is imported as.
import { useCallback, useMemo, useState } from 'react'
import { Button, InputNumber, Select } from 'antd'
import { useRows, useRuns } from './api'
import { choiceOf, draftOf, faultsOf, listKey, listOfKey, pickHeader, type MappingDraft } from './mapping'
import { useOffice } from './office'
import { sheetColumns } from './sheetColumns'
import { linesOf } from './outline'
import { Sheet, type Cursor } from './Sheet'
import type { ImportColumn, ImportState, MappingChoice } from './types'
import { unitsOf } from './units'
import type { Words } from './words'

type Props = { state: ImportState; saving: boolean; onSave: (choice: MappingChoice, then: 'stay' | 'preview') => void; onForward: () => void }

const LOOKED_AT = 40
const NO_MARKS = new Map()
const NONE: ReadonlySet<number> = new Set()

export function Headings({ state, saving, onSave, onForward }: Props) {
  const { words: w, lang, register, pack, fieldOptions } = useOffice()
  const [draft, setDraft] = useState<MappingDraft>(() => draftOf(state))
  const change = (part: Partial<MappingDraft>) => setDraft({ ...draft, ...part, touched: true })
  const setColumn = (index: number, part: { field?: string | null; unit?: string | null }) =>
    change({ columns: draft.columns.map((c) => (c.index === index ? { ...c, ...part } : c)) })
  const faults = faultsOf(draft, register.label, w)
  const forward = () => (draft.touched ? onSave(choiceOf(draft), 'preview') : onForward())
  const reread = (part: Partial<MappingDraft>) => {
    const next = { ...draft, ...part }
    setDraft({ ...next, touched: true })
    onSave({ ...choiceOf(draft), sheet: next.sheet, header_rows: part.header ?? null, columns: [] }, 'stay')
  }
  const lists = pack?.lists ?? []
  return (
    <div className="imp-headings">
      <div className="imp-ask">
        <label>
          {w.sheet}
          <Select
            aria-label={w.sheet}
            value={draft.sheet}
            onChange={(sheet) => reread({ sheet })}
            options={state.sheets.map((s, i) => ({ value: i, label: `${s.name}（${w.sheetSize(s.rows, s.columns)}）` }))}
            popupMatchSelectWidth={false}
          />
        </label>
        <HeaderRows draft={draft} onChange={(header) => reread({ header })} words={w} />
        <label>
          {w.list}
          <Select
            aria-label={w.list}
            value={listKey(draft.list)}
            onChange={(key) => change({ list: listOfKey(key, draft.year) })}
            options={[{ value: '', label: w.listNone }, ...lists.map((l) => ({ value: l.key, label: l[lang] }))]}
            popupMatchSelectWidth={false}
            style={{ minWidth: 180 }}
          />
        </label>
        <label>
          {w.year}
          <InputNumber aria-label={w.year} value={draft.year} min={2000} max={2100} precision={0} onChange={(year) => year && change({ year, list: draft.list && { ...draft.list, year } })} style={{ width: 84 }} />
        </label>
        <label>
          {w.stageDefault}
          <Select
            aria-label={w.stageDefault}
            value={draft.stageDefault ?? ''}
            onChange={(stage) => change({ stageDefault: stage || null })}
            options={[{ value: '', label: w.stageByGroup }, ...(pack?.stages ?? []).map((s) => ({ value: s.key, label: s[lang] }))]}
            popupMatchSelectWidth={false}
          />
        </label>
      </div>
      <TopOfSheet state={state} header={draft.header} onHeader={(header) => reread({ header })} />
      <div className="imp-columns">
        <table>
          <thead>
            <tr>
              <th scope="col">{w.column}</th>
              <th scope="col">{w.heading}</th>
              <th scope="col">{w.importAs}</th>
              <th scope="col">{w.unit}</th>
              <th scope="col">{w.sure}</th>
              <th scope="col">{w.samples}</th>
            </tr>
          </thead>
          <tbody>
            {state.columns.map((column) => {
              const chosen = draft.columns.find((c) => c.index === column.index)
              return (
                <ColumnLine
                  key={`${state.sheet}${column.index}`}
                  column={column}
                  field={chosen?.field ?? null}
                  unit={chosen?.unit ?? null}
                  remembered={state.mapping_from === 'remembered' || state.mapping_from === 'template'}
                  fieldOptions={fieldOptions}
                  onChange={(part) => setColumn(column.index, part)}
                />
              )
            })}
          </tbody>
        </table>
      </div>
      <footer className="imp-bar">
        <div className="imp-say" role="status">
          {faults.length > 0 ? <b>{faults.join(' ')}</b> : <b>{w.mappedCount(draft.columns.filter((c) => c.field && c.field !== 'seq').length, state.columns.length)}</b>}
          <small>{w.mappingSays[state.mapping_from]}</small>
        </div>
        <Button type="primary" loading={saving} disabled={faults.length > 0} onClick={forward} data-testid="to-preview">
          {saving ? w.saving : w.toPreview}
        </Button>
      </footer>
    </div>
  )
}

function HeaderRows({ draft, onChange, words: w }: { draft: MappingDraft; onChange: (header: [number, number]) => void; words: Words }) {
  const [first, last] = draft.header
  return (
    <div className="imp-field" role="group" aria-label={w.headerRows}>
      {w.headerRows}
      <InputNumber aria-label={`${w.headerRows} 1`} value={first} min={1} precision={0} onChange={(n) => n && onChange([n, Math.max(n, last)])} style={{ width: 60 }} />
      {w.headerTo}
      <InputNumber aria-label={`${w.headerRows} 2`} value={last} min={first} precision={0} onChange={(n) => n && onChange([Math.min(first, n), n])} style={{ width: 60 }} />
      {w.headerEnd}
      <small>{w.headerHint}</small>
    </div>
  )
}

function TopOfSheet({ state, header, onHeader }: { state: ImportState; header: [number, number]; onHeader: (header: [number, number]) => void }) {
  const { words, register } = useOffice()
  const runs = useRuns(state)
  const { row, onSight } = useRows(state)
  const columns = useMemo(() => sheetColumns(state.columns, register, words), [state.columns, register, words])
  const lines = useMemo(
    () => linesOf((runs ?? []).filter((r) => r.from <= LOOKED_AT).map((r) => ({ ...r, to: Math.min(r.to, LOOKED_AT), outcome: null })), NONE),
    [runs],
  )
  const [cursor, setCursor] = useState<Cursor>({ row: header[0], column: 0 })
  const noOld = useCallback(() => null, [])
  const noFold = useCallback(() => {}, [])
  const pick = useCallback((at: number) => onHeader(pickHeader(header, at)), [header, onHeader])
  return (
    <Sheet
      columns={columns}
      lines={lines}
      row={row}
      onSight={onSight}
      cursor={cursor}
      onCursor={setCursor}
      reveal={0}
      marks={NO_MARKS}
      onFold={noFold}
      header={{ first: header[0], last: header[1] }}
      onRowNumber={pick}
      oldValue={noOld}
      label={words.gridLabel}
      help={words.headerHint}
      words={words}
    />
  )
}

type ColumnLineProps = {
  column: ImportColumn
  field: string | null
  unit: string | null
  remembered: boolean
  fieldOptions: { label: string; options: { value: string; label: string }[] }[]
  onChange: (part: { field?: string | null; unit?: string | null }) => void
}

const SKIP = '-'

function ColumnLine({ column, field, unit, remembered, fieldOptions, onChange }: ColumnLineProps) {
  const { words: w, lang, pack } = useOffice()
  const units = unitsOf(field, pack, lang)
  const extra = `extra:${column.heading}`
  const known = new Set(fieldOptions.flatMap((g) => g.options.map((o) => o.value)))
  const options = [
    { label: w.fieldGroups.other, options: [{ value: SKIP, label: w.skip }, { value: 'seq', label: w.seqField }, { value: extra, label: w.extra }, ...(field && field !== 'seq' && field !== extra && !known.has(field) ? [{ value: field, label: field }] : [])] },
    ...fieldOptions,
  ]
  return (
    <tr className={field ? '' : 'imp-off'} data-column={column.letter}>
      <td>{column.letter}</td>
      <td>{column.heading || w.none}</td>
      <td>
        <Select
          aria-label={`${column.letter} ${w.importAs}`}
          value={field ?? SKIP}
          showSearch
          optionFilterProp="label"
          onChange={(value) => {
            const next = value === SKIP ? null : value
            const fitting = unitsOf(next, pack, lang)
            onChange({ field: next, unit: unit && fitting.includes(unit) ? unit : null })
          }}
          options={options}
          popupMatchSelectWidth={false}
          style={{ width: 220 }}
          size="small"
        />
      </td>
      <td>
        {units.length > 0 && (
          <Select aria-label={`${column.letter} ${w.unit}`} value={unit ?? undefined} onChange={(value) => onChange({ unit: value ?? null })} placeholder={w.unitByHeading} options={[...new Set([...(unit ? [unit] : []), ...units])].map((u) => ({ value: u, label: u }))} size="small" style={{ width: 96 }} popupMatchSelectWidth={false} />
        )}
      </td>
      <td>
        <Sureness column={column} field={field} remembered={remembered} words={w} />
      </td>
      <td className="imp-samples">
        {column.samples.map((s, i) => (
          <span key={i}>{s}</span>
        ))}
      </td>
    </tr>
  )
}

function Sureness({ column, field, remembered, words: w }: { column: ImportColumn; field: string | null; remembered: boolean; words: Words }) {
  if (field !== column.field) return <>{w.sureChosen}</>
  if (!field) return <>{w.none}</>
  if (remembered) return <>{w.sureRemembered}</>
  if (column.confidence >= 0.85) return <>{w.sureHigh}</>
  return <span className="imp-look">{column.confidence >= 0.6 ? w.sureMiddle : w.sureLow}</span>
}
