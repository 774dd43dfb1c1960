/* oxlint-disable jsx-a11y/prefer-tag-over-role -- only the lines on screen exist and are placed by hand: a table cannot hold them */
/**
 * The grid of all projects. Only the lines on screen are in the document; a screen reader is told where each stands.
 *
 * Keys are a spreadsheet's: arrows, Home, End, PageUp, PageDown move (Shift stretches a block), Enter or F2 edits,
 * Esc cancels, Space selects rows, Ctrl+C copies, Ctrl+V lays a block, Ctrl+Z takes the last change back.
 */
import { useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { Row } from '../api/types'
import { type Block, parseBlock, tile, writeBlock } from '../model/clipboard'
import { type Column, type Layout, widthOf } from '../model/columns'
import { block, type Cursor, holds, inside, isOneCell, move, type Move, reveal, shown } from '../model/cursor'
import { plainText, type Show } from '../show'
import { useWords } from '../words'
import { CellEditor } from './CellEditor'
import { GridHead } from './GridHead'
import { GridLine, type LineActs } from './GridLine'
import type { Loaded } from './useLines'

export const MARGIN_WIDTH = 44
const KEYS: Record<string, Move> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Home: 'home',
  End: 'end',
  PageUp: 'pageUp',
  PageDown: 'pageDown',
}

export interface Editing {
  line: number
  column: number
  /** What was typed to begin the edit, replacing the cell; `null` keeps the cell's value. */
  typed: string | null
}

export interface GridProps {
  loaded: Loaded
  columns: Column[]
  layout: Layout
  onLayout: (layout: Layout) => void
  show: Show
  head: Omit<React.ComponentProps<typeof GridHead>, 'columns' | 'layout' | 'onLayout' | 'allSelected' | 'onSelectAll' | 'label'>
  totalLine: React.ReactNode
  groupSums: (segment: number) => React.ReactNode
  selected: ReadonlySet<string>
  onSelected: (ids: ReadonlySet<string>) => void
  flashed: ReadonlyMap<string, ReadonlySet<string>>
  openId: string | null
  readOnly: boolean
  onOpen: (row: Row) => void
  onAct: (column: Column, row: Row) => void
  onEdit: (row: Row, column: Column, text: string) => Promise<string | null>
  onPaste: (block: Block, line: number, column: number) => void
  onUndo: () => void
  empty: React.ReactNode
}

export function Grid(props: GridProps) {
  const { loaded, columns, layout, show, selected, onSelected, readOnly } = props
  const { lines } = loaded
  const { t } = useWords()
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const headRef = useRef<HTMLDivElement>(null)
  const [view, setView] = useState({ top: 0, height: 600, head: 90 })
  const [kept, setCursor] = useState<Cursor>({ at: { line: 0, column: 0 }, anchor: { line: 0, column: 0 } })
  const [editing, setEditing] = useState<Editing | null>(null)
  const [focused, setFocused] = useState(false)
  const lineHeight = layout.dense ? 26 : 32

  const isHead = useCallback((line: number) => lines.at(line)?.kind === 'group', [lines])
  // A shorter list must not leave the cursor hanging below it.
  const cursor = useMemo(() => inside(kept, { lines: lines.length, columns: columns.length, page: 1, skips: isHead }), [kept, lines, columns.length, isHead])
  const body = Math.max(lineHeight, view.height - view.head)
  const window = shown(view.top, body, lineHeight, lines.length)
  const range = block(cursor)

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const measure = () => setView({ top: element.scrollTop, height: element.clientHeight, head: headRef.current?.offsetHeight ?? 90 })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    if (headRef.current) observer.observe(headRef.current)
    return () => observer.disconnect()
  }, [])

  const { want } = loaded
  useEffect(() => want(window.first, window.end), [want, window.first, window.end])

  const go = useCallback(
    (next: Cursor) => {
      setCursor(next)
      const element = scroller.current
      if (!element) return
      const to = reveal(next.at.line, element.scrollTop, body, lineHeight)
      if (to !== null) element.scrollTop = to
      revealColumn(element, columns, layout, next.at.column)
    },
    [body, lineHeight, columns, layout],
  )

  const rowsIn = useMemo(() => {
    return (top: number, bottom: number) => {
      const rows: Row[] = []
      for (let l = top; l <= bottom; l++) {
        const row = lines.row(l)
        if (row) rows.push(row)
      }
      return rows
    }
  }, [lines])

  const begin = (typed: string | null) => {
    const column = columns[cursor.at.column]
    const row = lines.row(cursor.at.line)
    if (!column || !row) return
    if (!readOnly && column.field) setEditing({ ...cursor.at, typed })
    else if (!readOnly && column.act && typed === null) props.onAct(column, row)
  }

  const finish = (step: Move | null) => {
    setEditing(null)
    scroller.current?.focus({ preventScroll: true })
    if (step) go(move(cursor, step, { lines: lines.length, columns: columns.length, page: 1, skips: isHead }))
  }

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.target !== scroller.current || editing) return
    const row = lines.row(cursor.at.line)
    const column = columns[cursor.at.column]
    const ctrl = event.ctrlKey || event.metaKey
    const key = KEYS[event.key]
    if (key) {
      const far: Record<string, Move> = { home: 'top', end: 'bottom', up: 'top', down: 'bottom' }
      const step = ctrl ? (far[key] ?? key) : key
      const page = Math.max(1, Math.floor(body / lineHeight) - 1)
      const next = move(cursor, step, { lines: lines.length, columns: columns.length, page, skips: isHead }, event.shiftKey)
      // Ctrl with an up or down arrow stays in its column.
      if (ctrl && (key === 'up' || key === 'down')) next.at.column = cursor.at.column
      go(next)
    } else if (event.key === 'Enter') {
      if (row && (event.shiftKey || !column?.field || readOnly)) props.onOpen(row)
      else begin(null)
    } else if (event.key === 'F2') {
      begin(null)
    } else if (event.key === ' ') {
      onSelected(toggled(selected, rowsIn(range.top, range.bottom)))
    } else if (event.key === 'Escape') {
      if (selected.size) onSelected(new Set())
      else setCursor({ at: cursor.at, anchor: cursor.at })
    } else if (ctrl && event.key.toLowerCase() === 'z') {
      props.onUndo()
    } else if (ctrl && event.key.toLowerCase() === 'a') {
      const last = { line: lines.length - 1, column: columns.length - 1 }
      setCursor({ at: cursor.at, anchor: cursor.at.line === 0 ? last : { line: 0, column: 0 } })
    } else if ((event.key === 'Delete' || event.key === 'Backspace') && !readOnly) {
      props.onPaste(emptied(range), range.top, range.left)
    } else if (!ctrl && !event.altKey && event.key.length === 1 && column?.field && !readOnly) {
      begin(event.key)
    } else {
      return
    }
    event.preventDefault()
  }

  const onCopy = (event: React.ClipboardEvent) => {
    if (event.target !== scroller.current) return
    const cells = rowsIn(range.top, range.bottom).map((r) => columns.slice(range.left, range.right + 1).map((c) => plainText(r, c, show)))
    event.clipboardData.setData('text/plain', writeBlock(cells))
    event.preventDefault()
  }

  const onPaste = (event: React.ClipboardEvent) => {
    if (event.target !== scroller.current || readOnly) return
    const pasted = parseBlock(event.clipboardData.getData('text/plain'))
    if (!pasted.length) return
    event.preventDefault()
    const filled = isOneCell(range) ? pasted : tile(pasted, range.bottom - range.top + 1, range.right - range.left + 1)
    props.onPaste(filled, range.top, range.left)
  }

  const pick = (line: number, column: number, stretch: boolean) => {
    const at = { line, column }
    setCursor({ at, anchor: stretch ? cursor.anchor : at })
    setEditing(null)
    scroller.current?.focus({ preventScroll: true })
  }

  const latest = useRef<LineActs>(null)
  useEffect(() => {
    latest.current = {
      pick,
      begin: (line, column) => {
        const row = lines.row(line)
        const c = columns[column]
        if (!row || !c || readOnly) return
        if (c.field) setEditing({ line, column, typed: null })
        else if (c.act && c.act !== 'rename') props.onAct(c, row)
      },
      open: props.onOpen,
      select: (row) => onSelected(toggled(selected, [row])),
    }
  })
  const [does] = useState<LineActs>(() => ({
    pick: (line, column, stretch) => latest.current?.pick(line, column, stretch),
    begin: (line, column) => latest.current?.begin(line, column),
    open: (row) => latest.current?.open(row),
    select: (row) => latest.current?.select(row),
  }))

  const template = `${MARGIN_WIDTH}px ${columns.map((c) => `${widthOf(layout, c)}px`).join(' ')}`
  const width = MARGIN_WIDTH + columns.reduce((sum, c) => sum + widthOf(layout, c), 0)
  const drawn = Array.from({ length: window.end - window.first }, (_, i) => window.first + i)
  const cellId = useCallback((line: number, column: number) => `${id}-${line}-${column}`, [id])
  const editColumn = editing ? columns[editing.column] : undefined
  const editRow = editing ? lines.row(editing.line) : null
  const loadedIds = useMemo(() => rowsIn(0, Math.min(lines.length, 5_000) - 1).map((r) => r.id), [rowsIn, lines])
  const allSelected = loadedIds.length > 0 && loadedIds.every((i) => selected.has(i))

  return (
    <div
      ref={scroller}
      className={`pj-grid${layout.dense ? ' pj-dense' : ''}`}
      role="grid"
      aria-label={t('grid.label')}
      aria-rowcount={lines.length + 3}
      aria-colcount={columns.length + 1}
      aria-multiselectable="true"
      aria-readonly={readOnly}
      aria-activedescendant={focused && lines.length ? cellId(cursor.at.line, cursor.at.column) : undefined}
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
      style={{ '--pj-cols': template, '--pj-line': `${lineHeight}px`, '--pj-width': `${width}px` } as React.CSSProperties}
    >
      <div ref={headRef} className="pj-head" role="rowgroup">
        <GridHead
          {...props.head}
          columns={columns}
          layout={layout}
          onLayout={props.onLayout}
          allSelected={allSelected}
          onSelectAll={() => onSelected(allSelected ? new Set() : new Set(loadedIds))}
        />
        {lines.length > 0 && props.totalLine}
      </div>
      {lines.length === 0 ? (
        <div className="pj-empty" role="row">
          <div role="gridcell" aria-colspan={columns.length + 1}>
            {props.empty}
          </div>
        </div>
      ) : (
        <div className="pj-body" role="rowgroup" style={{ height: lines.length * lineHeight }}>
          {drawn.map((line) => (
            <GridLine
              key={line}
              line={line}
              found={lines.at(line)}
              columns={columns}
              show={show}
              cellId={cellId}
              cursorColumn={cursor.at.line === line ? cursor.at.column : -1}
              focused={focused}
              rangeFrom={line >= range.top && line <= range.bottom && !isOneCell(range) ? range.left : -1}
              rangeTo={holds(range, line, range.right) ? range.right : -1}
              selected={selected}
              open={props.openId}
              flashed={props.flashed}
              sums={props.groupSums}
              onFold={loaded.toggle}
              does={does}
            />
          ))}
          {editing && editColumn && editRow && (
            <CellEditor
              key={`${editing.line}-${editing.column}`}
              row={editRow}
              column={editColumn}
              typed={editing.typed}
              show={show}
              style={{ top: editing.line * lineHeight, left: leftOf(columns, layout, editing.column), width: widthOf(layout, editColumn), height: lineHeight }}
              onCommit={(text) => props.onEdit(editRow, editColumn, text)}
              onDone={finish}
            />
          )}
        </div>
      )}
    </div>
  )
}

function leftOf(columns: Column[], layout: Layout, column: number): number {
  return MARGIN_WIDTH + columns.slice(0, column).reduce((sum, c) => sum + widthOf(layout, c), 0)
}

/** Scrolls sideways so that a cell is not under the sticky columns or beyond the right edge. */
function revealColumn(element: HTMLElement, columns: Column[], layout: Layout, column: number) {
  if (columns[column]?.sticky) return
  const sticky = MARGIN_WIDTH + columns.filter((c) => c.sticky).reduce((sum, c) => sum + widthOf(layout, c), 0)
  const left = leftOf(columns, layout, column)
  const width = columns[column] ? widthOf(layout, columns[column]) : 0
  if (left < element.scrollLeft + sticky) element.scrollLeft = left - sticky
  else if (left + width > element.scrollLeft + element.clientWidth) element.scrollLeft = left + width - element.clientWidth
}

/** All selected → none of them; otherwise all of them. */
function toggled(selected: ReadonlySet<string>, rows: Row[]): ReadonlySet<string> {
  const next = new Set(selected)
  const drop = rows.every((r) => selected.has(r.id))
  for (const r of rows) {
    if (drop) next.delete(r.id)
    else next.add(r.id)
  }
  return next
}

const emptied = (range: ReturnType<typeof block>): Block =>
  Array.from({ length: range.bottom - range.top + 1 }, () => Array<string>(range.right - range.left + 1).fill(''))
