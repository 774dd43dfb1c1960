/* oxlint-disable jsx-a11y/prefer-tag-over-role -- only the lines on screen exist and are placed by hand: a table cannot hold them */
/**
 * The sheet. Only the lines on screen are in the document. Keys are a spreadsheet's; Enter opens the permit's form,
 * A accepts, G grants, N marks as not needed, Ctrl+C and Ctrl+V exchange blocks with Excel, Ctrl+Z takes back.
 */
import { useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { FormalityActKey } from '../acts/formalityForms'
import type { MatrixColumn, MatrixRow, MatrixTotals } from '../api/types'
import { type Block, parseBlock, tile, writeBlock } from '../model/clipboard'
import { block, type Cursor, holds, inside, isOneCell, move, type Move, reveal, shown } from '../model/cursor'
import { cellText, phasesOf } from '../model/matrix'
import { MISSING, type Loaded } from '../pipeline/useLines'
import type { Show } from '../show'
import { useWords } from '../words'
import { HEAD_LINES, SheetLine, Tallies } from './MatrixLine'

const LINE = 26
const MARGIN = 44
const NAME = 240
const SUM = 64
const CELL = 84
const KEYS: Record<string, Move> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right', Home: 'home', End: 'end', PageUp: 'pageUp', PageDown: 'pageDown' }
const ACTS: Record<string, FormalityActKey> = { a: 'accept', g: 'grant' }

interface GridProps {
  loaded: Loaded<MatrixRow>
  totals: MatrixTotals
  show: Show
  readOnly: boolean
  onAct: (row: MatrixRow, column: MatrixColumn, key: FormalityActKey | 'edit') => void
  onProject: (row: MatrixRow) => void
  onPaste: (block: Block, line: number, column: number) => void
  onUndo: () => void
}

export function MatrixGrid(props: GridProps) {
  const { loaded, totals, show, readOnly } = props
  const { t } = useWords()
  const { lines } = loaded
  const { columns } = totals
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const headRef = useRef<HTMLDivElement>(null)
  const [view, setView] = useState({ top: 0, height: 600, head: 90 })
  const [held, setCursor] = useState<Cursor>({ at: { line: 0, column: 0 }, anchor: { line: 0, column: 0 } })
  const [focused, setFocused] = useState(false)
  const isHead = useCallback((line: number) => lines.at(line)?.kind === 'group', [lines])
  const body = Math.max(LINE, view.height - view.head)
  const bounds = { lines: lines.length, columns: columns.length, page: Math.max(1, Math.floor(body / LINE) - 1), skips: isHead }
  const cursor = inside(held, bounds)
  const range = block(cursor)
  const window = shown(view.top, body, LINE, lines.length)

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const measure = () => setView({ top: element.scrollTop, height: element.clientHeight, head: headRef.current?.offsetHeight ?? 90 })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const { want } = loaded
  useEffect(() => want(window.first, window.end), [want, window.first, window.end])

  const go = (next: Cursor) => {
    setCursor(next)
    const element = scroller.current
    if (!element) return
    const to = reveal(next.at.line, element.scrollTop, body, LINE)
    if (to !== null) element.scrollTop = to
    revealColumn(element, next.at.column)
  }

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.target !== scroller.current) return
    const row = lines.row(cursor.at.line)
    const column = columns[cursor.at.column]
    const ctrl = event.ctrlKey || event.metaKey
    const step = KEYS[event.key]
    const act = ACTS[event.key.toLowerCase()]
    if (step) {
      const far: Partial<Record<Move, Move>> = { home: 'top', end: 'bottom' }
      go(move(cursor, ctrl ? (far[step] ?? step) : step, bounds, event.shiftKey))
    } else if (event.key === 'Enter' && row && column) {
      if (event.shiftKey || readOnly) props.onProject(row)
      else props.onAct(row, column, 'edit')
    } else if (ctrl && event.key.toLowerCase() === 'z') {
      props.onUndo()
    } else if (!ctrl && !event.altKey && !readOnly && act && row && column) {
      props.onAct(row, column, act)
    } else if (!ctrl && !event.altKey && !readOnly && event.key.toLowerCase() === 'n') {
      props.onPaste(tile([['—']], range.bottom - range.top + 1, range.right - range.left + 1), range.top, range.left)
    } else {
      return
    }
    event.preventDefault()
  }

  const onCopy = (event: React.ClipboardEvent) => {
    if (event.target !== scroller.current) return
    const rows: MatrixRow[] = []
    for (let l = range.top; l <= range.bottom; l++) {
      const row = lines.row(l)
      if (row) rows.push(row)
    }
    const of = columns.slice(range.left, range.right + 1)
    event.clipboardData.setData('text/plain', writeBlock(rows.map((r) => of.map((c) => cellText(r.cells.find((x) => x.kind === c.kind))))))
    event.preventDefault()
  }

  const onPaste = (event: React.ClipboardEvent) => {
    if (event.target !== scroller.current || readOnly) return
    const pasted = parseBlock(event.clipboardData.getData('text/plain'))
    if (!pasted.length) return
    event.preventDefault()
    props.onPaste(isOneCell(range) ? pasted : tile(pasted, range.bottom - range.top + 1, range.right - range.left + 1), range.top, range.left)
  }

  const pick = (line: number, column: number, stretch: boolean) => {
    setCursor({ at: { line, column }, anchor: stretch ? cursor.anchor : { line, column } })
    scroller.current?.focus({ preventScroll: true })
  }

  const groups = useMemo(() => new Map(totals.groups.map((g) => [g.key ?? MISSING, g])), [totals.groups])
  const template = `${MARGIN}px ${NAME}px ${SUM}px repeat(${columns.length}, ${CELL}px)`
  const width = MARGIN + NAME + SUM + columns.length * CELL
  const drawn = Array.from({ length: window.end - window.first }, (_, i) => window.first + i)
  const cellId = (line: number, column: number) => `${id}-${line}-${column}`

  return (
    <div
      ref={scroller}
      className="pj-grid pj-dense mx-grid"
      role="grid"
      aria-label={t('matrix.label')}
      aria-rowcount={lines.length + HEAD_LINES}
      aria-colcount={columns.length + 3}
      aria-readonly={readOnly}
      aria-multiselectable="true"
      aria-activedescendant={focused && lines.row(cursor.at.line) ? cellId(cursor.at.line, cursor.at.column) : undefined}
      tabIndex={0}
      onFocus={(e) => setFocused(e.target === scroller.current)}
      onBlur={() => setFocused(false)}
      onScroll={(e) => {
        const { scrollTop } = e.currentTarget
        setView((v) => (Math.abs(v.top - scrollTop) < 1 ? v : { ...v, top: scrollTop }))
      }}
      onKeyDown={onKeyDown}
      onCopy={onCopy}
      onPaste={onPaste}
      style={{ '--pj-cols': template, '--pj-line': `${LINE}px`, '--pj-width': `${width}px` } as React.CSSProperties}
    >
      <div ref={headRef} className="pj-head" role="rowgroup">
        <Heads columns={columns} />
        <div className="pj-line pj-total" role="row" aria-rowindex={HEAD_LINES}>
          <div className="pj-cell pj-margin" role="presentation" />
          <div className="pj-cell pj-sticky" role="gridcell">
            {t('matrix.total', { count: totals.total.rows.toLocaleString('en-US') })}
          </div>
          <Tallies of={totals.total} columns={columns} />
        </div>
      </div>
      <div className="pj-body" role="rowgroup" style={{ height: lines.length * LINE }}>
        {drawn.map((line) => (
          <SheetLine
            key={line}
            line={line}
            found={lines.at(line)}
            columns={columns}
            groups={groups}
            show={show}
            cellId={cellId}
            marks={(column) => `${holds(range, line, column) && !isOneCell(range) ? ' pj-inrange' : ''}${cursor.at.line === line && cursor.at.column === column ? ` pj-cursor${focused ? ' pj-focused' : ''}` : ''}`}
            onFold={loaded.toggle}
            onPick={pick}
            onOpen={(row, column) => (readOnly ? props.onProject(row) : props.onAct(row, column, 'edit'))}
            onProject={props.onProject}
          />
        ))}
      </div>
    </div>
  )
}

function Heads({ columns }: { columns: readonly MatrixColumn[] }) {
  const { t } = useWords()
  return (
    <>
      <div className="pj-line pj-titles" role="row" aria-rowindex={1}>
        <div className="pj-cell pj-margin" role="presentation" />
        <div className="pj-cell pj-sticky" role="presentation" />
        <div className="pj-cell" role="presentation" />
        {phasesOf(columns).map(({ name, from, columns: span }) => (
          <div key={from} className="pj-cell mx-phase" role="columnheader" aria-colindex={from + 4} aria-colspan={span} style={{ gridColumn: `${from + 4} / span ${span}` }} title={name ?? t('matrix.other')}>
            {name ?? t('matrix.other')}
          </div>
        ))}
      </div>
      <div className="pj-line pj-titles mx-names" role="row" aria-rowindex={2}>
        <div className="pj-cell pj-margin" role="presentation" />
        <div className="pj-cell pj-sticky" role="columnheader" aria-colindex={2}>
          {t('col.name')}
        </div>
        <div className="pj-cell pj-num" role="columnheader" aria-colindex={3}>
          {t('matrix.granted')}
        </div>
        {columns.map((c, i) => (
          <div key={c.kind} className="pj-cell mx-name" role="columnheader" aria-colindex={i + 4} title={[c.name, c.dept].filter(Boolean).join(' · ')}>
            <span>{c.short}</span>
          </div>
        ))}
      </div>
    </>
  )
}

/** Scrolls sideways so that a cell is not under the sticky columns or beyond the right edge. */
function revealColumn(element: HTMLElement, column: number) {
  const left = MARGIN + NAME + SUM + column * CELL
  if (left - SUM < element.scrollLeft + MARGIN + NAME) element.scrollLeft = Math.max(0, left - SUM - MARGIN - NAME)
  else if (left + CELL > element.scrollLeft + element.clientWidth) element.scrollLeft = left + CELL - element.clientWidth
}
