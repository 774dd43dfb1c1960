/* oxlint-disable jsx-a11y/prefer-tag-over-role -- only the lines on screen exist and are placed by hand: a table cannot hold them */
/** One line of the grid: a group's head with its subtotal, a row, or a row still on its way. */
import { memo } from 'react'
import type { Row } from '../api/types'
import type { Column } from '../model/columns'
import { chineseNumeral, type Line } from '../model/lines'
import { Light } from '../../../shared/ui'
import { cellLateness, cellText, type Show } from '../show'
import { useWords } from '../words'

const HEAD_LINES = 3
const NUMERIC = new Set(['money', 'area', 'percent', 'number'])

interface LineProps {
  line: number
  found: Line<Row> | null
  columns: Column[]
  show: Show
  cellId: (line: number, column: number) => string
  cursorColumn: number
  focused: boolean
  rangeFrom: number
  rangeTo: number
  selected: ReadonlySet<string>
  open: string | null
  flashed: ReadonlyMap<string, ReadonlySet<string>>
  sums: (segment: number) => React.ReactNode
  onFold: (key: string) => void
  does: LineActs
}

/** What a line can ask for. One object for the grid's life, so that lines are drawn anew only when they change. */
export interface LineActs {
  pick: (line: number, column: number, stretch: boolean) => void
  begin: (line: number, column: number) => void
  open: (row: Row) => void
  select: (row: Row) => void
}

export function GridLine(props: LineProps) {
  const { found, line } = props
  if (!found) return null
  const place = { '--pj-at': `calc(var(--pj-line) * ${line})` } as React.CSSProperties
  if (found.kind === 'group') return <GroupLine {...props} found={found} place={place} />
  if (!found.row) return <Waiting line={line} columns={props.columns} ordinal={found.ordinal} place={place} />
  const { row, ordinal } = found
  return (
    <RowLine
      row={row}
      ordinal={ordinal}
      line={line}
      columns={props.columns}
      show={props.show}
      cellId={props.cellId}
      cursorColumn={props.cursorColumn}
      focused={props.cursorColumn >= 0 && props.focused}
      rangeFrom={props.rangeFrom}
      rangeTo={props.rangeTo}
      isSelected={props.selected.has(row.id)}
      isOpen={props.open === row.id}
      flashed={props.flashed.get(row.id)}
      does={props.does}
    />
  )
}

export const align = (column: Column) => (NUMERIC.has(column.kind) ? ' pj-num' : '')

type Placed = { place: React.CSSProperties }

function GroupLine({ found, line, sums, onFold, place }: LineProps & Placed & { found: Extract<Line<Row>, { kind: 'group' }> }) {
  const { t, lang } = useWords()
  const number = lang === 'zh' ? `${chineseNumeral(found.ordinal)}、` : `${found.ordinal}. `
  return (
    <div className="pj-line pj-group" role="row" aria-rowindex={line + HEAD_LINES + 1} style={place}>
      <div className="pj-cell pj-margin" role="gridcell" aria-colindex={1}>
        <button
          type="button"
          className="pj-fold"
          aria-expanded={!found.collapsed}
          aria-label={t(found.collapsed ? 'grid.unfold' : 'grid.fold', { name: found.title })}
          onClick={() => onFold(found.key)}
        >
          {found.collapsed ? '▸' : '▾'}
        </button>
      </div>
      <div className="pj-cell pj-sticky pj-group-title" role="gridcell" aria-colindex={2} title={found.title}>
        {number}
        {found.title}
        {t('grid.groupCount', { count: found.count })}
      </div>
      {sums(found.segment)}
    </div>
  )
}

function Waiting({ line, columns, ordinal, place }: Placed & { line: number; columns: Column[]; ordinal: number }) {
  const { t } = useWords()
  return (
    <div className="pj-line pj-waiting" role="row" aria-rowindex={line + HEAD_LINES + 1} aria-busy="true" style={place}>
      <div className="pj-cell pj-margin" role="gridcell" aria-colindex={1}>
        {ordinal}
      </div>
      {columns.map((c, i) => (
        <div key={c.key} className={`pj-cell${c.sticky ? ' pj-sticky' : ''}`} role="gridcell" aria-colindex={i + 2}>
          <i aria-hidden="true" />
          {i === 0 && <span className="pj-unseen">{t('grid.loading')}</span>}
        </div>
      ))}
    </div>
  )
}

interface RowLineProps extends Pick<LineProps, 'line' | 'columns' | 'show' | 'cellId' | 'cursorColumn' | 'focused' | 'rangeFrom' | 'rangeTo' | 'does'> {
  row: Row
  ordinal: number
  isSelected: boolean
  isOpen: boolean
  flashed: ReadonlySet<string> | undefined
}

const RowLine = memo(function RowLine(props: RowLineProps) {
  const { row, line, ordinal, columns, isSelected, flashed, does } = props
  const { t } = useWords()
  const place = { '--pj-at': `calc(var(--pj-line) * ${line})` } as React.CSSProperties
  const state = `${isSelected ? ' pj-selected' : ''}${props.isOpen ? ' pj-open' : ''}${row.counts ? '' : ' pj-uncounted'}`
  return (
    <div className={`pj-line${state}`} role="row" aria-rowindex={line + HEAD_LINES + 1} aria-selected={isSelected} style={place}>
      <div className="pj-cell pj-margin" role="gridcell" aria-colindex={1}>
        <label className="pj-pick">
          <input
            type="checkbox"
            tabIndex={-1}
            checked={isSelected}
            aria-label={t('grid.select', { name: row.name })}
            onChange={() => does.select(row)}
          />
          <span aria-hidden="true">{ordinal}</span>
        </label>
      </div>
      {columns.map((column, i) => {
        const inRange = i >= props.rangeFrom && props.rangeFrom >= 0 && i <= props.rangeTo
        const marks = `${align(column)}${column.sticky ? ' pj-sticky' : ''}${inRange ? ' pj-inrange' : ''}${
          props.cursorColumn === i ? ` pj-cursor${props.focused ? ' pj-focused' : ''}` : ''
        }${flashed?.has(column.key) ? ' pj-flash' : ''}`
        return (
          <div
            key={column.key}
            id={props.cellId(line, i)}
            className={`pj-cell pj-c-${column.key}${marks}`}
            role="gridcell"
            aria-colindex={i + 2}
            aria-selected={inRange || props.cursorColumn === i}
            tabIndex={-1}
            onMouseDown={(e) => {
              // The grid keeps the focus: it takes the keys.
              e.preventDefault()
              does.pick(line, i, e.shiftKey)
            }}
            onMouseEnter={(e) => {
              if (e.buttons === 1) does.pick(line, i, true)
            }}
            onDoubleClick={() => does.begin(line, i)}
          >
            <CellContent row={row} column={column} show={props.show} onOpen={does.open} />
          </div>
        )
      })}
    </div>
  )
})

function CellContent({
  row,
  column,
  show,
  onOpen,
}: {
  row: Row
  column: Column
  show: Show
  onOpen: (row: Row) => void
}) {
  const { t } = useWords()
  const text = cellText(row, column, show)
  if (column.key === 'name') {
    return (
      <button type="button" tabIndex={-1} className="pj-name" title={row.name} onClick={() => onOpen(row)}>
        {row.name}
      </button>
    )
  }
  if (column.key === 'stage' && row.suggested) {
    const suggested = show.registers.word('stages', row.suggested)
    return (
      <span title={t('grid.suggested', { stage: suggested })}>
        {text}
        <i className="pj-differs" aria-hidden="true">
          ▲
        </i>
        <span className="pj-unseen">{t('grid.suggested', { stage: suggested })}</span>
      </span>
    )
  }
  if (column.key === 'status' && row.status !== 'active') return <span className="pj-notactive">{text}</span>
  if (text === '') return <span className="pj-none">—</span>
  if (column.kind === 'light' && row.ahead) {
    return (
      <span title={text}>
        <Light color={row.ahead.light} word={text} />
      </span>
    )
  }
  if (column.key === 'days_late') return <span className={row.ahead?.light === 'red' ? 'pj-late' : undefined}>{text}</span>
  const late = cellLateness(row, column, show.today)
  const value = column.value(row)
  const full = column.kind === 'period' || column.kind === 'day' ? String(value) : text
  if (late > 0) {
    return (
      <span className="pj-late" title={t('grid.late', { date: full, days: late })}>
        {text}
        <span className="pj-unseen">{t('grid.late', { date: full, days: late })}</span>
      </span>
    )
  }
  return <span title={full}>{text}</span>
}
