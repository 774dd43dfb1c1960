/* oxlint-disable jsx-a11y/prefer-tag-over-role -- only the lines on screen exist and are placed by hand: a table cannot hold them */
/** The total line under the head, and the subtotals in group heads. */
import { useTotals } from '../api/queries'
import type { Row, Totals } from '../api/types'
import type { Column } from '../model/columns'
import type { Units } from '../../../shared/ui'
import { share } from '../model/values'
import { useWords } from '../words'

export function TotalLine({ columns, units, totals, all }: { columns: Column[]; units: Units; totals: Totals | undefined; all: Totals | undefined }) {
  const { t } = useWords()
  if (!totals) return null
  const part = all && all.rows > 0 && all.rows !== totals.rows
  const count = totals.rows.toLocaleString('en-US')
  const text = part
    ? t('grid.totalOf', { count, all: all.rows.toLocaleString('en-US'), share: ((totals.rows / all.rows) * 100).toFixed(1) })
    : t('grid.total', { count })
  return (
    <div className="pj-line pj-total" role="row" aria-rowindex={3}>
      <div className="pj-cell pj-margin" role="gridcell" aria-colindex={1} aria-label={t('grid.blank')} />
      <div className="pj-cell pj-sticky pj-total-title" role="gridcell" aria-colindex={2} title={text}>
        {text}
      </div>
      <SumCells columns={columns} units={units} totals={totals} />
    </div>
  )
}

function SumCells({ columns, units, totals }: { columns: Column[]; units: Units; totals: Pick<Totals, 'investment' | 'annual_plan' | 'ytd'> | undefined }) {
  return columns.slice(1).map((c, i) => (
    <div key={c.key} className={`pj-cell${c.sum ? ' pj-num' : ''}`} role="gridcell" aria-colindex={i + 3}>
      {totals && c.sum ? sumText(c.sum, totals, units) : ''}
    </div>
  ))
}

function sumText(sum: NonNullable<Column['sum']>, totals: Pick<Totals, 'investment' | 'annual_plan' | 'ytd'>, units: Units): string {
  if (sum !== 'completion') return totals[sum] ? units.money(totals[sum]) : '—'
  return share(totals.ytd, totals.annual_plan)?.toFixed(1) ?? '—'
}

/** A group's subtotal: asked of the server, or added up where the rows are all here. */
export function GroupSums({ ask, rows, columns, units, asOf }: { units: Units; ask: string; rows: readonly Row[] | undefined; columns: Column[]; asOf: string | null }) {
  const totals = useTotals(ask, asOf, rows === undefined)
  const sums = rows ? addUp(rows) : totals.data
  return <SumCells columns={columns} units={units} totals={sums} />
}

function addUp(rows: readonly Row[]) {
  const sums = { investment: 0, annual_plan: 0, ytd: 0 }
  for (const r of rows) {
    if (!r.counts) continue
    sums.investment += r.investment ?? 0
    sums.annual_plan += r.annual_plan ?? 0
    sums.ytd += r.ytd_done ?? 0
  }
  return sums
}
