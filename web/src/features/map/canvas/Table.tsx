/* oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role, jsx-a11y/no-noninteractive-element-to-interactive-role -- laid out as blocks, a table loses the roles that it implies; walked by keys, it is a treegrid */
/** The table beside the drawing: the same rows at the same height, and every fact of them in words. */
import { memo } from 'react'
import { Light } from '../../../shared/ui'
import type { Line, Lines } from './lines'
import { isLate, type MapRow } from './model'
import { asideText, floatText, limitText, percentText, type Say, tableDay } from './say'
import { type RowWindow, useWindow } from './useWindow'
import { useWords } from './words'

export const COLUMNS = ['name', 'owner', 'planned', 'finish', 'float', 'start', 'state', 'limit', 'percent'] as const
const WIDTHS: Record<(typeof COLUMNS)[number], number> = { name: 184, owner: 96, planned: 78, finish: 78, float: 60, start: 78, state: 76, limit: 150, percent: 56 }
/** Up to and with the float. */
export const TABLE_WIDTH = 496
export const TABLE_LEAST = 184
export const TABLE_MOST = Object.values(WIDTHS).reduce((sum, w) => sum + w, 0)
const TEMPLATE = COLUMNS.map((c) => `${WIDTHS[c]}px`).join(' ')

export const keyOf = (line: Line): string => (line.kind === 'group' ? `group:${line.group.key}` : line.row.id)

interface TableProps {
  id: string
  lines: Lines
  rowHeight: number
  path: ReadonlySet<string>
  cursor: string | null
  hovered: string | null
  /** The table itself takes the keys; its rows are named to it as they are walked. */
  grid: React.ComponentProps<'table'>
  window: React.Ref<RowWindow>
  onPick: (key: string) => void
  onOpen: (id: string) => void
  onFold: (key: string) => void
  onHover: (id: string | null) => void
}

export const Table = memo(function Table({ id, lines, rowHeight, cursor, grid, window, ...rest }: TableProps) {
  const { t } = useWords()
  const { body, first, end } = useWindow(window, lines.lines.length, rowHeight)
  const shown = lines.lines.slice(first, end)
  const active = shown.some((line) => keyOf(line) === cursor) ? `${id}-${cursor}` : undefined
  return (
    <table
      role="treegrid"
      aria-rowcount={lines.lines.length + 1}
      aria-colcount={COLUMNS.length}
      {...grid}
      tabIndex={0} aria-activedescendant={active}
      className="bm-table"
      style={{ '--bm-cols': TEMPLATE, '--bm-row': `${rowHeight}px`, width: TABLE_MOST } as React.CSSProperties}
    >
      <thead role="rowgroup">
        <tr role="row" aria-rowindex={1}>
          {COLUMNS.map((c) => (
            <th key={c} role="columnheader" scope="col" className={c === 'float' || c === 'percent' ? 'n' : undefined}>
              {t(`col.${c}`)}
              {c === 'float' && <small>{t('col.floatUnit')}</small>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" ref={body}>
        {shown.map((line, i) => (
          <OneLine key={keyOf(line)} id={id} line={line} at={first + i} on={cursor === keyOf(line)} {...rest} />
        ))}
      </tbody>
    </table>
  )
})

type OneProps = Omit<TableProps, 'lines' | 'rowHeight' | 'window' | 'grid' | 'cursor'> & { line: Line; at: number; on: boolean }

const OneLine = memo(function OneLine({ id, line, at, on, path, hovered, onPick, onOpen, onFold, onHover }: OneProps) {
  const { t } = useWords()
  const key = keyOf(line)
  if (line.kind === 'group') {
    return (
      <tr id={`${id}-${key}`} role="row" aria-level={1} aria-rowindex={at + 2} aria-expanded={!line.folded} aria-selected={on} className={`bm-group${on ? ' bm-on' : ''}`} onClick={() => onPick(key)}>
        <td role="gridcell" colSpan={COLUMNS.length}>
          <button type="button" tabIndex={-1} aria-hidden="true" className="bm-fold" onClick={() => onFold(line.group.key)}>
            {line.folded ? '▸' : '▾'}
          </button>
          {line.group.title} <small>{t('map.rows', { n: line.group.rows.length })}</small>
        </td>
      </tr>
    )
  }
  const { row } = line
  const driving = path.has(row.id)
  const classes = ['bm-row', on && 'bm-on', hovered === row.id && 'bm-hover', row.state === 'done' && 'bm-done', driving && 'bm-drive', (row.event || row.milestones.length > 0) && 'bm-key']
  return (
    <tr
      id={`${id}-${key}`}
      role="row"
      aria-level={2}
      aria-rowindex={at + 2}
      aria-selected={on}
      className={classes.filter(Boolean).join(' ')}
      onClick={() => onPick(key)}
      onDoubleClick={() => onOpen(row.id)}
      onMouseEnter={() => onHover(row.id)}
      onMouseLeave={() => onHover(null)}
    >
      <Cells row={row} driving={driving} t={t} />
    </tr>
  )
})

const Cells = memo(function Cells({ row, driving, t }: { row: MapRow; driving: boolean; t: Say }) {
  const aside = asideText(row, driving, t)
  return (
    <>
      <td role="gridcell" className="bm-name" title={row.name}>
        {row.light && row.light !== 'green' ? <Light color={row.light} word="" /> : null}
        {row.name}
        {row.undecided ? <em>?</em> : null}
        {aside ? <span className="hidden-visually">, {aside}</span> : null}
      </td>
      <td role="gridcell" title={row.party ? `${row.owner} · ${row.party}` : row.owner}>
        {row.owner || '—'}
      </td>
      <td role="gridcell" className="num">
        {tableDay(row.planned)}
      </td>
      <td role="gridcell" className={`num${isLate(row) && row.state !== 'done' ? ' bm-late' : ''}`}>
        {tableDay(row.finish)}
      </td>
      <td role="gridcell" className={`num n${row.totalFloat === 0 && row.state !== 'done' ? ' bm-tight' : ''}`}>
        {floatText(row)}
      </td>
      <td role="gridcell" className="num">
        {tableDay(row.start)}
      </td>
      <td role="gridcell">{t(`state.${row.state}`)}</td>
      <td role="gridcell" className={row.limit && row.limit.overdue > 0 ? 'bm-late' : undefined}>
        {limitText(row, t)}
      </td>
      <td role="gridcell" className="num n">
        {percentText(row)}
      </td>
    </>
  )
})
