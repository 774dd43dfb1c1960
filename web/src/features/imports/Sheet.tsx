// The office's own sheet, as it is. Lines are drawn only where one looks, so 50,000 rows scroll like fifty.
import { memo, useEffect, useId, useLayoutEffect, useMemo, useRef, useState, type CSSProperties, type KeyboardEvent, type ReactNode } from 'react'
import { headSpansOf, lineOfRow, spansOf, stepLine, type Line, type Span } from './outline'
import type { ImportRow } from './types'
import type { Words } from './words'

export type SheetColumn = {
  index: number
  letter: string
  /** What the column is imported as; null when it is not. */
  title: string | null
  note: string
  width: number
  align: 'left' | 'right' | 'center'
}

export type Cursor = { row: number; column: number }
export type Mark = { number: number; blocks: boolean }
/** Marks by cell name. */
export type Marks = ReadonlyMap<string, Mark>

export const LINE = 24
const HEAD = 60
const OVERSCAN = 12
const TAG_WIDTH = 36

/** Room for the longest row number. */
const numberWidth = (lines: readonly Line[]) => ((lines.at(-1)?.row ?? 0) > 9999 ? 52 : 40)

type Props = {
  columns: readonly SheetColumn[]
  lines: readonly Line[]
  row: (row: number) => ImportRow | undefined
  /** Told which sheet rows are in sight, so that they can be fetched. */
  onSight: (rows: readonly number[]) => void
  cursor: Cursor
  onCursor: (cursor: Cursor) => void
  /** Changes when the cursor should be brought into the middle of the view. */
  reveal: number
  marks: Marks
  onFold: (row: number) => void
  /** How many rows of a stretch carry a finding. */
  findingsIn?: (from: number, to: number) => number
  header: { first: number; last: number }
  onRowNumber?: (row: number) => void
  oldValue: (row: ImportRow, column: number) => string | null
  label: string
  help: string
  words: Words
}

export function Sheet(props: Props) {
  const { columns, lines, cursor, onCursor, reveal, onSight, onFold, words } = props
  const id = useId()
  const view = useRef<HTMLDivElement>(null)
  const [sight, setSight] = useState({ top: 0, height: 600 })
  const numbers = numberWidth(lines)
  const template = useMemo(
    () => `${numbers}px ${TAG_WIDTH}px ${columns.map((c, i) => (i === columns.length - 1 ? `minmax(${c.width}px, 1fr)` : `${c.width}px`)).join(' ')}`,
    [columns, numbers],
  )
  const width = numbers + TAG_WIDTH + columns.reduce((sum, c) => sum + c.width, 0)

  useLayoutEffect(() => {
    const box = view.current
    if (!box) return
    const measure = () => setSight({ top: box.scrollTop, height: box.clientHeight })
    measure()
    const watch = new ResizeObserver(measure)
    watch.observe(box)
    return () => watch.disconnect()
  }, [])

  const first = Math.max(0, Math.floor(sight.top / LINE) - OVERSCAN)
  const last = Math.min(lines.length - 1, Math.ceil((sight.top + sight.height) / LINE) + OVERSCAN)
  useEffect(() => {
    const rows = []
    for (const line of lines.slice(first, last + 1)) if (line.type !== 'fold') rows.push(line.row)
    onSight(rows)
  }, [lines, first, last, onSight])

  const here = lineOfRow(lines, cursor.row)
  useEffect(() => bringIntoView(view.current, here, cursor.column, columns, numbers, 'near'), [here, cursor.column, columns, numbers])
  // Only when asked: a jump to a problem puts it in the middle, arrows scroll as little as needed.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  useEffect(() => bringIntoView(view.current, here, cursor.column, columns, numbers, 'middle'), [reveal])

  const move = (line: number, column: number) => {
    const at = lines[line]
    if (at) onCursor({ row: at.row, column: Math.min(columns.length - 1, Math.max(0, column)) })
  }
  const onKey = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((sight.height - HEAD) / LINE) - 1)
    const far = event.ctrlKey || event.metaKey
    const go: Record<string, () => void> = {
      ArrowDown: () => move(far ? stepLine(lines, here, lines.length) : stepLine(lines, here, 1), cursor.column),
      ArrowUp: () => move(far ? 0 : stepLine(lines, here, -1), cursor.column),
      ArrowRight: () => move(here, far ? columns.length - 1 : cursor.column + 1),
      ArrowLeft: () => move(here, far ? 0 : cursor.column - 1),
      PageDown: () => move(stepLine(lines, here, page), cursor.column),
      PageUp: () => move(stepLine(lines, here, -page), cursor.column),
      Home: () => move(far ? 0 : here, 0),
      End: () => move(far ? stepLine(lines, here, lines.length) : here, columns.length - 1),
    }
    const at = lines[here]
    if ((event.key === 'Enter' || event.key === ' ') && !far && at?.type === 'fold') go[event.key] = () => onFold(at.row)
    const act = go[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }

  const shown = lines.slice(first, last + 1)
  return (
    <div
      ref={view}
      className="imp-sheet"
      style={{ '--imp-numbers': `${numbers}px` } as CSSProperties}
      role="grid"
      aria-label={props.label}
      aria-describedby={`${id}-help`}
      aria-rowcount={lines.length + 2}
      aria-colcount={columns.length + 2}
      aria-activedescendant={`imp-${cursor.row}-${cursor.column}`}
      tabIndex={0}
      onKeyDown={onKey}
      onMouseDown={(event) => {
        const at = cellUnder(event.target)
        if (at) onCursor(at)
      }}
      onScroll={(event) => setSight({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })}
    >
      <span id={`${id}-help`} hidden>
        {props.help}
      </span>
      <SheetHead columns={columns} template={template} width={width} words={words} />
      <div className="imp-body" role="rowgroup" style={{ height: lines.length * LINE, minWidth: width }}>
        {shown.map((line, i) => (
          <SheetLine
            key={`${line.type}${line.row}`}
            line={line}
            at={first + i}
            template={template}
            columns={columns}
            content={line.type === 'fold' ? undefined : props.row(line.row)}
            below={line.type === 'row' && line.kind === 'header' && line.row < props.header.last ? props.row(line.row + 1) : undefined}
            cursorColumn={here === first + i ? cursor.column : -1}
            marks={props.marks}
            heading={line.row >= props.header.first && line.row <= props.header.last}
            onFold={onFold}
            findingsIn={props.findingsIn}
            onRowNumber={props.onRowNumber}
            oldValue={props.oldValue}
            words={words}
          />
        ))}
      </div>
    </div>
  )
}

/** The cell that was pressed; cells have no handlers of their own. */
function cellUnder(target: EventTarget): Cursor | null {
  const at = target instanceof Element ? target.closest('[data-at]')?.getAttribute('data-at') : null
  const [row, column] = at?.split(' ').map(Number) ?? []
  return row === undefined || column === undefined ? null : { row, column }
}

function bringIntoView(box: HTMLDivElement | null, line: number, column: number, columns: readonly SheetColumn[], numbers: number, how: 'near' | 'middle') {
  if (!box) return
  const top = line * LINE
  const room = box.clientHeight - HEAD
  if (how === 'middle') box.scrollTop = Math.max(0, top - room / 2)
  else if (top < box.scrollTop) box.scrollTop = top
  else if (top + LINE > box.scrollTop + room) box.scrollTop = top + LINE - room
  const left = columns.slice(0, column).reduce((sum, c) => sum + c.width, 0)
  const wide = box.clientWidth - numbers - TAG_WIDTH
  if (left < box.scrollLeft) box.scrollLeft = left
  else if (left + (columns[column]?.width ?? 0) > box.scrollLeft + wide) box.scrollLeft = left + (columns[column]?.width ?? 0) - wide
}

const SheetHead = memo(function SheetHead({ columns, template, width, words }: { columns: readonly SheetColumn[]; template: string; width: number; words: Words }) {
  return (
    <div className="imp-head" role="rowgroup" style={{ minWidth: width }}>
      <div className="imp-line imp-map" role="row" aria-rowindex={1} style={{ gridTemplateColumns: template }}>
        <div className="imp-corner" role="columnheader" aria-colindex={1} aria-colspan={2} style={{ gridColumn: '1 / span 2' }}>
          {words.importedAs}
        </div>
        {columns.map((c) => (
          <div key={c.index} role="columnheader" aria-colindex={c.index + 3} className={c.title ? '' : 'imp-skip'} title={c.title ?? words.notImportedLong}>
            <span>{c.title ?? '—'}</span>
            <small>{c.title ? c.note : words.notImported}</small>
          </div>
        ))}
      </div>
      <div className="imp-line imp-letters" role="row" aria-rowindex={2} style={{ gridTemplateColumns: template }}>
        <div className="imp-no" role="columnheader" aria-colindex={1} aria-label={words.row(0)} />
        <div className="imp-tag" role="columnheader" aria-colindex={2} aria-label={words.readAs} />
        {columns.map((c) => (
          <div key={c.index} role="columnheader" aria-colindex={c.index + 3}>
            {c.letter}
          </div>
        ))}
      </div>
    </div>
  )
})

type LineProps = {
  line: Line
  at: number
  template: string
  columns: readonly SheetColumn[]
  content: ImportRow | undefined
  below: ImportRow | undefined
  cursorColumn: number
  marks: Marks
  heading: boolean
  onFold: (row: number) => void
  findingsIn: ((from: number, to: number) => number) | undefined
  onRowNumber?: ((row: number) => void) | undefined
  oldValue: (row: ImportRow, column: number) => string | null
  words: Words
}

const SheetLine = memo(function SheetLine(props: LineProps) {
  const { line, at, template, columns, content, words } = props
  const frame = (className: string, children: ReactNode) => (
    <div className={`imp-line ${className}`} role="row" aria-rowindex={at + 3} style={{ gridTemplateColumns: template, top: at * LINE }}>
      {children}
    </div>
  )
  if (line.type === 'fold') return frame('imp-fold', <Fold {...props} line={line} />)
  if (line.type === 'old') {
    return frame(
      'imp-old',
      <>
        <div className="imp-no" role="rowheader" aria-colindex={1} aria-label={words.oldValue} />
        <div className="imp-tag" role="gridcell" aria-colindex={2} aria-label={words.tagLong.change} />
        {columns.map((c) => {
          const old = content ? props.oldValue(content, c.index) : null
          return (
            <div key={c.index} role="gridcell" aria-colindex={c.index + 3} className={`imp-${c.align}`}>
              {old !== null ? <s>{old}</s> : isNameColumn(columns, c.index) ? words.oldValue : ''}
            </div>
          )
        })}
      </>,
    )
  }
  const texts = content?.cells.filter((c) => c !== '').length ?? 0
  const kind = props.heading ? 'header' : line.kind === 'title' && texts > 1 ? 'note' : line.kind
  const spans = !content ? null : kind === 'data' || kind === 'blank' ? null : kind === 'header' ? headSpansOf(content.cells, props.below?.cells, columns.length) : spansOf(content.cells, columns.length)
  const tag = line.outcome ? words.tags[line.outcome] : ''
  const number = String(line.row)
  return frame(
    `imp-${kind} imp-is-${line.outcome ?? 'text'}`,
    <>
      <div className="imp-no" role="rowheader" aria-colindex={1}>
        {props.onRowNumber ? (
          <button type="button" tabIndex={-1} onClick={() => props.onRowNumber?.(line.row)}>
            {number}
          </button>
        ) : (
          number
        )}
      </div>
      <div className="imp-tag" role="gridcell" aria-colindex={2} title={line.outcome ? words.tagLong[line.outcome] : undefined}>
        {tag}
      </div>
      {!content
        ? columns.map((c) => (
            <div key={c.index} role="gridcell" aria-colindex={c.index + 3} className="imp-wait">
              {words.loadingRow}
            </div>
          ))
        : spans
          ? spans.map((s) => <TextCell {...props} key={s.column} span={s} row={line.row} open={Boolean(props.below && s.text && !props.below.cells[s.column])} />)
          : columns.map((c) => <DataCell {...props} key={c.index} column={c} content={content} />)}
    </>,
  )
})

function isNameColumn(columns: readonly SheetColumn[], index: number) {
  return columns.find((c) => c.title && c.width >= 100)?.index === index
}

function Fold({ line, columns, cursorColumn, onFold, findingsIn, words }: LineProps & { line: Extract<Line, { type: 'fold' }> }) {
  const rows = line.to - line.row + 1
  const found = findingsIn?.(line.row, line.to) ?? 0
  return (
    <div
      id={cursorColumn >= 0 ? `imp-${line.row}-${cursorColumn}` : undefined}
      role="gridcell"
      aria-colindex={1}
      aria-colspan={columns.length + 2}
      className={cursorColumn >= 0 ? 'imp-cursor' : ''}
      data-at={`${line.row} 0`}
    >
      <span>
        {(line.open ? words.foldOpen : words.fold)(line.row, line.to, rows)}
        {found > 0 && words.foldFindings(found)}
        <button type="button" tabIndex={-1} aria-expanded={line.open} onClick={() => onFold(line.row)}>
          {line.open ? words.refold : words.unfold}
        </button>
      </span>
    </div>
  )
}

function TextCell({ span, row, open, columns, cursorColumn, marks }: LineProps & { span: Span; row: number; open: boolean }) {
  const on = cursorColumn >= span.column && cursorColumn < span.column + span.span
  const mark = marks.get(`${columns[span.column]?.letter}${row}`)
  const align = columns[span.column]?.align ?? 'left'
  return (
    <div
      id={on ? `imp-${row}-${cursorColumn}` : undefined}
      role="gridcell"
      aria-colindex={span.column + 3}
      aria-colspan={span.span}
      aria-selected={on}
      className={`${span.span === 1 ? `imp-${align}` : ''} ${markClass(mark)} ${on ? 'imp-cursor' : ''} ${open ? 'imp-open' : ''}`}
      style={{ gridColumn: `${span.column + 3} / span ${span.span}` }}
      data-at={`${row} ${span.column}`}
      title={span.text}
    >
      {mark && <Badge mark={mark} />}
      <span>{span.text}</span>
    </div>
  )
}

function DataCell({ column, content, cursorColumn, marks, line }: LineProps & { column: SheetColumn; content: ImportRow }) {
  const on = cursorColumn === column.index
  const mark = marks.get(`${column.letter}${content.row}`)
  const changed = line.type === 'row' && line.outcome === 'change' && content.changes.some((c) => c.column === column.index)
  return (
    <div
      id={on ? `imp-${content.row}-${column.index}` : undefined}
      role="gridcell"
      aria-colindex={column.index + 3}
      aria-selected={on}
      data-cell={`${column.letter}${content.row}`}
      className={`imp-${column.align} ${markClass(mark)} ${changed ? 'imp-changed' : ''} ${on ? 'imp-cursor' : ''}`}
      data-at={`${content.row} ${column.index}`}
    >
      {mark && <Badge mark={mark} />}
      <span>{content.cells[column.index] ?? ''}</span>
    </div>
  )
}

const markClass = (mark: Mark | undefined) => (mark ? (mark.blocks ? 'imp-stops' : 'imp-warns') : '')

export function Badge({ mark }: { mark: Mark }) {
  return <sup className={`imp-badge ${mark.blocks ? 'imp-badge-stop' : ''}`}>{mark.number}</sup>
}
