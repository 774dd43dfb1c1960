/* oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role, jsx-a11y/no-noninteractive-element-to-interactive-role -- laid out as blocks, a table loses the roles that it implies; walked by keys, it is a treegrid */
/** The table beside the map of all projects. */
import { memo } from 'react'
import { Light } from '../../../shared/ui'
import { isoOf } from '../canvas/day'
import { type Mark, MUCH, MILESTONES, type PortfolioLine, type PortfolioRow } from './portfolio'
import { type RowWindow, useWindow } from '../canvas/useWindow'
import { useWords } from './words'

const COLUMNS = ['name', 'stage', 'light', 'mover', 'late', ...MILESTONES] as const
export const PORTFOLIO_WIDTH = 520
const TEMPLATE = '188px 86px 84px 104px 58px 190px 190px 190px 190px'

interface TableProps {
  id: string
  lines: readonly PortfolioLine[]
  rowHeight: number
  cursor: string | null
  hovered: string | null
  grid: React.ComponentProps<'table'>
  window: React.Ref<RowWindow>
  stageWord: (stage: string) => string
  onPick: (line: number) => void
  onOpen: (id: string) => void
  onFold: (key: string) => void
  onHover: (id: string | null) => void
}

export const lineKey = (line: PortfolioLine): string => (line.kind === 'group' ? `group:${line.group.key}` : line.row.id)

export const PortfolioTable = memo(function PortfolioTable({ id, lines, rowHeight, cursor, grid, window, ...rest }: TableProps) {
  const { t } = useWords()
  const { body, first, end } = useWindow(window, lines.length, rowHeight)
  const active = lines.slice(first, end).some((line) => lineKey(line) === cursor) ? `${id}-${cursor}` : undefined
  return (
    <table role="treegrid" aria-rowcount={lines.length + 1} aria-colcount={COLUMNS.length} {...grid} tabIndex={0} aria-activedescendant={active} className="bm-table" style={{ '--bm-cols': TEMPLATE, '--bm-row': `${rowHeight}px`, width: 1280 } as React.CSSProperties}>
      <thead role="rowgroup">
        <tr role="row" aria-rowindex={1}>
          {COLUMNS.map((c) => (
            <th key={c} role="columnheader" scope="col" className={c === 'late' ? 'n' : undefined}>
              {t(`col.${c}`)}
              {c === 'late' && <small>{t('col.days')}</small>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" ref={body}>
        {lines.slice(first, end).map((line, i) => (
          <One key={lineKey(line)} id={id} line={line} at={first + i} on={cursor === lineKey(line)} {...rest} />
        ))}
      </tbody>
    </table>
  )
})

type OneProps = Omit<TableProps, 'lines' | 'rowHeight' | 'window' | 'grid' | 'cursor'> & { line: PortfolioLine; at: number; on: boolean }

const One = memo(function One({ id, line, at, on, hovered, stageWord, onPick, onOpen, onFold, onHover }: OneProps) {
  const { t } = useWords()
  const key = lineKey(line)
  if (line.kind === 'group') {
    const { group } = line
    return (
      <tr id={`${id}-${key}`} role="row" aria-level={1} aria-rowindex={at + 2} aria-expanded={!line.folded} aria-selected={on} className={`bm-group bm-sum${on ? ' bm-on' : ''}`} onClick={() => onPick(at)}>
        <td role="gridcell">
          <button type="button" tabIndex={-1} aria-hidden="true" className="bm-fold" onClick={() => onFold(group.key)}>
            {line.folded ? '▸' : '▾'}
          </button>
          {group.title} <small>{t('all.count', { n: group.rows.length })}</small>
        </td>
        <td role="gridcell" className="num n">
          {group.late}
        </td>
      </tr>
    )
  }
  const { row } = line
  return (
    <tr
      id={`${id}-${key}`}
      role="row"
      aria-level={2}
      aria-rowindex={at + 2}
      aria-selected={on}
      className={['bm-row', on && 'bm-on', hovered === row.id && 'bm-hover'].filter(Boolean).join(' ')}
      onClick={() => onPick(at)}
      onDoubleClick={() => onOpen(row.id)}
      onMouseEnter={() => onHover(row.id)}
      onMouseLeave={() => onHover(null)}
    >
      <Cells row={row} stage={stageWord(row.stage)} />
    </tr>
  )
})

const Cells = memo(function Cells({ row, stage }: { row: PortfolioRow; stage: string }) {
  const { t } = useWords()
  const said = (m: Mark | undefined) => {
    if (!m) return '—'
    const parts = [m.actual !== null ? t('mark.actual', { day: isoOf(m.actual) }) : '', m.forecast !== null ? t('mark.forecast', { day: isoOf(m.forecast) }) : '', m.planned !== null ? t('mark.planned', { day: isoOf(m.planned).slice(2) }) : '']
    return parts.filter(Boolean).join(' · ')
  }
  return (
    <>
      <td role="gridcell" title={row.name}>
        {row.name}
      </td>
      <td role="gridcell">{stage}</td>
      <td role="gridcell">
        <Light color={row.light} word={t(`light.${row.light}`)} />
      </td>
      <td role="gridcell" title={row.mover}>
        {row.mover || '—'}
      </td>
      <td role="gridcell" className={`num n${(row.late ?? 0) >= MUCH ? ' bm-tight' : ''}`}>
        {row.late === null ? '—' : row.late < 0 ? `−${-row.late}` : row.late}
      </td>
      {MILESTONES.map((key) => (
        <td key={key} role="gridcell" className="num">
          {said(row.marks.find((m) => m.key === key))}
        </td>
      ))}
    </>
  )
})
