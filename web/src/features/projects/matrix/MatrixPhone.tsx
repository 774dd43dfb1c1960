/** The sheet on a phone: one project a card, its permits in words below its name. */
import { useEffect, useState } from 'react'
import { Link } from 'react-router'
import type { MatrixColumn, MatrixRow } from '../api/types'
import { cellMark, isLate } from '../model/matrix'
import type { Loaded } from '../pipeline/useLines'
import { shortPeriod, type Show } from '../show'
import { useWords } from '../words'

/** Cards differ in height, so they are added as the end comes into view instead of being placed. */
const STEP = 30

export function MatrixPhone({ loaded, columns, show }: { loaded: Loaded<MatrixRow>; columns: readonly MatrixColumn[]; show: Show }) {
  const { t } = useWords()
  const [upto, setUpto] = useState(STEP)
  const { lines, want } = loaded
  useEffect(() => want(0, upto), [want, upto])
  const end = Math.min(upto, lines.length)
  const drawn = Array.from({ length: end }, (_, i) => lines.at(i))
  return (
    <section
      className="mx-phone"
      aria-label={t('matrix.label')}
      onScroll={(e) => {
        const { scrollTop, clientHeight, scrollHeight } = e.currentTarget
        if (scrollTop + clientHeight > scrollHeight - 400 && upto < lines.length) setUpto(upto + STEP)
      }}
    >
      {drawn.map((found, i) =>
        found?.kind === 'group' ? (
          <h2 key={found.key}>
            {found.title}
            {t('grid.groupCount', { count: found.count })}
          </h2>
        ) : found?.row ? (
          <Card key={found.row.id} row={found.row} columns={columns} show={show} />
        ) : (
          <div key={`wait-${i}`} className="pj-skeleton pj-short" aria-busy="true" />
        ),
      )}
    </section>
  )
}

function Card({ row, columns, show }: { row: MatrixRow; columns: readonly MatrixColumn[]; show: Show }) {
  const cells = columns.flatMap((column) => {
    const cell = row.cells.find((c) => c.kind === column.kind)
    return cell && cell.standing !== 'not_needed' ? [{ column, cell }] : []
  })
  return (
    <Link className="mx-card" to={`/projects/${row.id}`}>
      <b>{row.name}</b>
      <span className="pj-none">{`${row.granted}/${row.needed}`}</span>
      <dl>
        {cells.map(({ column, cell }) => (
          <div key={column.kind}>
            <dt>{column.short}</dt>
            <dd className={`mx-${cell.standing}${isLate(cell) ? ' mx-late' : ''}`}>{cellMark(cell, (day) => shortPeriod(day, show))}</dd>
          </div>
        ))}
      </dl>
    </Link>
  )
}
