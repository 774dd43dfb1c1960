// Step 3: the sheet as it is, what becomes of every row, and the one button that writes.
import { useCallback, useEffect, useMemo, useState } from 'react'
import { CommitBar } from './CommitBar'
import { neighbour, numbered, type NumberedProblem } from './findingOrder'
import { Changes, Problems } from './Findings'
import { FormulaBar } from './FormulaBar'
import { Identity } from './Identity'
import { cellAt, hiddenBy, linesOf } from './outline'
import { sayValue, withoutUnit } from './readAs'
import { sheetColumns } from './sheetColumns'
import { Sheet, type Cursor, type Marks } from './Sheet'
import type { ImportRow, ImportState } from './types'
import { useChangedRows, useRows, useRuns } from './api'
import { useOffice } from './office'

type Props = { state: ImportState; committing: boolean; onCommit: () => void }

export function Preview({ state, committing, onCommit }: Props) {
  const { words, lang, register } = useOffice()
  const runs = useRuns(state)
  const { row, onSight, firstPage } = useRows(state)
  const changed = useChangedRows(state, runs)
  const problems = useMemo(() => numbered(state.problems.filter((p) => !p.sheet || p.sheet === state.sheets[state.sheet]?.name)), [state])
  const marks: Marks = useMemo(() => {
    const found = new Map<string, { number: number; blocks: boolean }>()
    for (const p of problems) if (p.severity !== 'info' && !found.has(p.cell)) found.set(p.cell, { number: p.number, blocks: p.severity === 'block' })
    return found
  }, [problems])
  const marked = useMemo(() => new Set(problems.flatMap((p) => (p.severity === 'info' ? [] : (cellAt(p.cell) ?? [])))), [problems])
  const columns = useMemo(() => sheetColumns(state.columns, register, words, firstPage, marked), [state.columns, register, words, firstPage, marked])
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set())
  const lines = useMemo(() => linesOf(runs ?? [], open), [runs, open])
  const [cursor, setCursor] = useState<Cursor>(() => firstPlace(problems, state))
  const [reveal, setReveal] = useState(0)
  const go = useCallback(
    (to: Cursor) => {
      const fold = hiddenBy(lines, to.row)
      if (fold !== null) setOpen((now) => new Set([...now, fold]))
      setCursor(to)
      setReveal((n) => n + 1)
    },
    [lines],
  )
  const goTo = useCallback((p: NumberedProblem) => go(cellAt(p.cell) ?? { row: 1, column: 0 }), [go])
  const findingsIn = useCallback((from: number, to: number) => new Set([...marked].flatMap((at) => (at.row >= from && at.row <= to ? [at.row] : []))).size, [marked])
  const onFold = useCallback((at: number) => setOpen((now) => toggled(now, at)), [])
  const oldValue = useCallback(
    (of: ImportRow, column: number) => {
      const change = of.changes.find((c) => c.column === column)
      if (!change) return null
      return withoutUnit(sayValue(change.field, change.before, register, words, lang), state.columns[column]?.unit)
    },
    [register, words, lang, state.columns],
  )
  const cell = `${columns[cursor.column]?.letter}${cursor.row}`
  const current = marks.get(cell)?.number ?? null

  const writes = state.counts.adds + state.counts.changes
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.closest('input, textarea, [contenteditable], .ant-select, [role="dialog"]')
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault()
        if (writes > 0 && !committing) onCommit()
      } else if (!typing && !event.ctrlKey && !event.metaKey && !event.altKey && /^[np]$/i.test(event.key)) {
        const next = neighbour(problems, cursor, event.key.toLowerCase() === 'n' ? 1 : -1)
        if (next) {
          event.preventDefault()
          event.stopPropagation()
          goTo(next)
        }
      }
    }
    window.addEventListener('keydown', onKey, true)
    return () => window.removeEventListener('keydown', onKey, true)
  }, [writes, committing, onCommit, problems, cursor, goTo])

  return (
    <div className="imp-preview">
      <div className="imp-main">
        <Identity counts={state.counts} warned={problems.filter((p) => p.severity === 'warn').length} words={words} />
        <FormulaBar row={row(cursor.row)} column={state.columns[cursor.column]} problems={problems.filter((p) => p.cell === cell)} register={register} words={words} lang={lang} />
        <Sheet
          columns={columns}
          lines={lines}
          row={row}
          onSight={onSight}
          cursor={cursor}
          onCursor={setCursor}
          reveal={reveal}
          marks={marks}
          onFold={onFold}
          findingsIn={findingsIn}
          header={state.header}
          oldValue={oldValue}
          label={words.gridLabel}
          help={words.gridKeys}
          words={words}
        />
        <p className="imp-narrow">{words.phoneSheet}</p>
      </div>
      <aside className="imp-side" aria-label={words.problems(problems.length)}>
        <Problems problems={problems} current={current} onGo={goTo} words={words} />
        <Changes rows={changed} total={state.counts.changes} register={register} onGo={go} words={words} lang={lang} />
      </aside>
      <CommitBar state={state} committing={committing} onCommit={onCommit} />
    </div>
  )
}

function toggled(now: ReadonlySet<number>, at: number): ReadonlySet<number> {
  const next = new Set(now)
  if (!next.delete(at)) next.add(at)
  return next
}

function firstPlace(problems: readonly NumberedProblem[], state: ImportState): Cursor {
  const first = problems[0] && cellAt(problems[0].cell)
  if (first) return first
  const name = state.columns.find((c) => c.field === 'name')
  return { row: state.header.last + 1, column: name?.index ?? 0 }
}
