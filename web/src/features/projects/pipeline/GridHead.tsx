/* oxlint-disable jsx-a11y/prefer-tag-over-role -- only the lines on screen exist and are placed by hand: a table cannot hold them */
/** The grid's head: titles that sort, edges that drag to a width, and a filter under each. */
import { type Column, clampWidth, type Layout, widthOf } from '../model/columns'
import { nextSort, type Query, sortDirection } from '../model/query'
import { useWords } from '../words'
import { align } from './GridLine'
import { HeadFilter } from './HeadFilter'
import type { Show } from '../show'

const LARGEST_FIRST = new Set(['money', 'area', 'percent', 'number'])

interface HeadProps {
  query: Query
  onQuery: (query: Query) => void
  show: Show
  asOf: string | null
  columns: Column[]
  layout: Layout
  onLayout: (layout: Layout) => void
  allSelected: boolean
  onSelectAll: () => void
}

export function GridHead({ query, onQuery, show, asOf, columns, layout, onLayout, allSelected, onSelectAll }: HeadProps) {
  const { t } = useWords()
  return (
    <>
      <div className="pj-line pj-titles" role="row" aria-rowindex={1}>
        <div className="pj-cell pj-margin" role="columnheader" aria-colindex={1}>
          <input type="checkbox" aria-label={t('grid.selectAll')} checked={allSelected} onChange={onSelectAll} />
        </div>
        {columns.map((column, i) => (
          <Title
            key={column.key}
            column={column}
            index={i + 2}
            sort={query.sort}
            width={widthOf(layout, column)}
            onSort={(key) => onQuery({ ...query, sort: nextSort(query.sort, key, LARGEST_FIRST.has(column.kind)) })}
            onWidth={(width) => onLayout({ ...layout, widths: { ...layout.widths, [column.key]: clampWidth(width) } })}
          />
        ))}
      </div>
      <div className="pj-line pj-filters" role="row" aria-rowindex={2}>
        <div className="pj-cell pj-margin" role="gridcell" aria-colindex={1} aria-label={t('grid.blank')} />
        {columns.map((column, i) => (
          <div
            key={column.key}
            className={`pj-cell${column.sticky ? ' pj-sticky' : ''}`}
            role="gridcell"
            aria-colindex={i + 2}
          >
            {column.filter && <HeadFilter column={column} filter={column.filter} query={query} onQuery={onQuery} show={show} asOf={asOf} />}
          </div>
        ))}
      </div>
    </>
  )
}

interface TitleProps {
  column: Column
  index: number
  sort: string | null
  width: number
  onSort: (key: string) => void
  onWidth: (width: number) => void
}

function Title({ column, index, sort, width, onSort, onWidth }: TitleProps) {
  const { t } = useWords()
  const word = t(`col.${column.key}`)
  const direction = sortDirection(sort, column.sort)
  const key = column.sort
  const drag = (down: React.PointerEvent<HTMLSpanElement>) => {
    const handle = down.currentTarget
    const from = down.clientX
    handle.setPointerCapture(down.pointerId)
    handle.onpointermove = (move) => onWidth(width + move.clientX - from)
    handle.onpointerup = () => {
      handle.onpointermove = null
      handle.onpointerup = null
    }
    down.preventDefault()
  }
  return (
    <div
      className={`pj-cell pj-title${align(column)}${column.sticky ? ' pj-sticky' : ''}`}
      role="columnheader"
      aria-colindex={index}
      aria-sort={direction ?? (key ? 'none' : undefined)}
    >
      {key ? (
        <button type="button" className="pj-sort" title={word} onClick={() => onSort(key)}>
          <span>{word}</span>
          <i aria-hidden="true">{direction === 'ascending' ? '↑' : direction === 'descending' ? '↓' : ''}</i>
        </button>
      ) : (
        <span className="pj-sort" title={word}>
          <span>{word}</span>
        </span>
      )}
      <span className="pj-edge" aria-hidden="true" onPointerDown={drag} onDoubleClick={() => onWidth(column.width)} />
    </div>
  )
}
