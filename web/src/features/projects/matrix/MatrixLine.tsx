/* oxlint-disable jsx-a11y/prefer-tag-over-role -- only the lines on screen exist and are placed by hand: a table cannot hold them */
/** A line of the sheet: a group with its sums, or a project with its permits. */
import type { MatrixCell, MatrixColumn, MatrixGroup, MatrixRow } from '../api/types'
import { chineseNumeral, type Line } from '../model/lines'
import { cellMark, isLate, limitOf } from '../model/matrix'
import { shortPeriod, type Show } from '../show'
import { useWords } from '../words'

/** Phases, permits and the sum stand above the lines. */
export const HEAD_LINES = 3

export function Tallies({ of, columns }: { of: MatrixGroup | undefined; columns: readonly MatrixColumn[] }) {
  const sums = new Map(of?.columns.map((c) => [c.kind, c]))
  return (
    <>
      <div className="pj-cell pj-num" role="gridcell">
        {of ? `${of.granted}/${of.needed}` : ''}
      </div>
      {columns.map((c) => {
        const sum = sums.get(c.kind)
        return (
          <div key={c.kind} className="pj-cell mx-cell" role="gridcell">
            {sum && sum.needed > 0 ? `${sum.granted}/${sum.needed}` : ''}
          </div>
        )
      })}
    </>
  )
}

interface LineProps {
  line: number
  found: Line<MatrixRow> | null
  columns: readonly MatrixColumn[]
  groups: ReadonlyMap<string, MatrixGroup>
  show: Show
  cellId: (line: number, column: number) => string
  marks: (column: number) => string
  onFold: (key: string) => void
  onPick: (line: number, column: number, stretch: boolean) => void
  onOpen: (row: MatrixRow, column: MatrixColumn) => void
  onProject: (row: MatrixRow) => void
}

export function SheetLine({ line, found, columns, groups, show, cellId, marks, onFold, onPick, onOpen, onProject }: LineProps) {
  const { t, lang } = useWords()
  if (!found) return null
  const place = { '--pj-at': `calc(var(--pj-line) * ${line})` } as React.CSSProperties
  if (found.kind === 'group') {
    return (
      <div className="pj-line pj-group" role="row" aria-rowindex={line + HEAD_LINES + 1} style={place}>
        <div className="pj-cell pj-margin" role="gridcell">
          <button type="button" className="pj-fold" aria-expanded={!found.collapsed} aria-label={t(found.collapsed ? 'grid.unfold' : 'grid.fold', { name: found.title })} onClick={() => onFold(found.key)}>
            {found.collapsed ? '▸' : '▾'}
          </button>
        </div>
        <div className="pj-cell pj-sticky" role="gridcell" title={found.title}>
          {lang === 'zh' ? `${chineseNumeral(found.ordinal)}、` : `${found.ordinal}. `}
          {found.title}
          {t('grid.groupCount', { count: found.count })}
        </div>
        <Tallies of={groups.get(found.key)} columns={columns} />
      </div>
    )
  }
  const { row } = found
  return (
    <div className={`pj-line${row ? '' : ' pj-waiting'}`} role="row" aria-rowindex={line + HEAD_LINES + 1} aria-busy={row ? undefined : true} style={place}>
      <div className="pj-cell pj-margin" role="gridcell">
        {found.ordinal}
      </div>
      <div className="pj-cell pj-sticky" role="gridcell" aria-label={row?.name ?? t('grid.loading')}>
        {row ? (
          <button type="button" tabIndex={-1} className="pj-name" title={row.name} onClick={() => onProject(row)}>
            {row.name}
          </button>
        ) : (
          <i aria-hidden="true" />
        )}
      </div>
      <div className="pj-cell pj-num" role="gridcell">
        {row && row.needed > 0 ? `${row.granted}/${row.needed}` : ''}
      </div>
      {columns.map((column, i) => {
        const cell = row?.cells.find((c) => c.kind === column.kind)
        const mark = cell && cellMark(cell, (day) => shortPeriod(day, show))
        return (
          <div
            key={column.kind}
            id={cellId(line, i)}
            className={`pj-cell mx-cell${cell ? ` mx-${cell.standing}` : ''}${cell && isLate(cell) ? ' mx-late' : ''}${marks(i)}`}
            role="gridcell"
            aria-colindex={i + 4}
            tabIndex={-1}
            title={cell ? saying(cell, column, t) : undefined}
            aria-label={cell ? [mark, saying(cell, column, t)].filter(Boolean).join(t('comma')) : t('matrix.cell', { kind: column.name, standing: t('matrix.none') })}
            onMouseDown={(e) => {
              // The grid keeps the focus: it takes the keys.
              e.preventDefault()
              onPick(line, i, e.shiftKey)
            }}
            onMouseEnter={(e) => {
              if (e.buttons === 1) onPick(line, i, true)
            }}
            onDoubleClick={() => row && onOpen(row, column)}
          >
            {mark}
          </div>
        )
      })}
    </div>
  )
}

/** The cell in words: what stands, its days, what is over, since when, its number. */
export function saying(cell: MatrixCell, column: MatrixColumn, t: (key: string, values?: Record<string, string | number>) => string): string {
  const limit = limitOf(cell).slice(1)
  return [
    t('matrix.cell', { kind: column.name, standing: t(`formality.${cell.standing}`) }),
    cell.day,
    cell.number,
    cell.run === undefined ? null : limit ? t('matrix.usedOf', { run: cell.run, limit }) : t('matrix.used', { run: cell.run }),
    isLate(cell) ? t('matrix.late', { days: cell.overdue }) : cell.left === undefined ? null : t('matrix.left', { left: cell.left }),
    cell.since ? t('matrix.since', { day: cell.since }) : null,
  ]
    .filter(Boolean)
    .join(t('comma'))
}

