/** By industry, nature and holding: bars on a common foot, the largest first. */
import { Link } from 'react-router'
import { type Count, type Overview, type RegisterName, usePack, useSay } from '../../shared/api'
import { count, Money } from '../../shared/ui'
import { useWords } from '../../shared/words'
import { type Links, MISSING } from './links'

const SHOWN = 8

export function Breakdowns({ overview, links }: { overview: Overview; links: Links }) {
  const { t } = useWords()
  return (
    <div className="breakdowns">
      <Breakdown id="industries" title={t('overview.industries')} counts={overview.by_industry} register="industries" to={(industry) => links.list({ industry })} />
      <Breakdown id="natures" title={t('overview.natures')} counts={overview.by_nature} register="natures" to={(nature) => links.list({ nature })} />
      <Breakdown id="holdings" title={t('overview.holdings')} counts={overview.by_holding} register="holdings" to={(holding) => links.list({ holding })} />
    </div>
  )
}

interface Props {
  id: string
  title: string
  counts: readonly Count[]
  register: RegisterName
  to: (key: string) => string
}

function Breakdown({ id, title, counts, register, to }: Props) {
  const { t } = useWords()
  const say = useSay()
  const pack = usePack()
  const sorted = [...counts].sort((a, b) => b.rows - a.rows)
  const top = Math.max(1, ...sorted.map((c) => c.rows))
  const shown = sorted.length > SHOWN + 1 ? sorted.slice(0, SHOWN) : sorted
  const rest = sorted.slice(shown.length)
  return (
    <section aria-labelledby={`by-${id}`}>
      <h2 id={`by-${id}`}>{title}</h2>
      <table className="sheet-table dense">
        <tbody>
          {shown.map((c) => (
            <tr key={c.key ?? MISSING}>
              <th scope="row" className="wide" title={c.key ? say(register, c.key) : t('common.none')}>
                {c.key ? say(register, c.key) : <span className="muted">{t('common.none')}</span>}
              </th>
              <td className="bar-cell" aria-hidden="true">
                <span style={{ width: `${(c.rows / top) * 100}%` }} />
              </td>
              <td className="n">
                <Link to={to(c.key ?? MISSING)} aria-label={`${c.key ? say(register, c.key) : t('common.none')} ${count(c.rows)}`}>
                  {count(c.rows)}
                </Link>
              </td>
              <td className="n">
                <Money fen={c.investment} currency={pack?.currency ?? 'CNY'} />
              </td>
            </tr>
          ))}
          {rest.length ? (
            <tr>
              <th scope="row" colSpan={2} className="muted">
                {t('overview.others', { n: rest.length })}
              </th>
              <td className="n">
                <Link to={to(rest.map((c) => c.key ?? MISSING).join(','))} aria-label={`${t('overview.others', { n: rest.length })} ${count(rest.reduce((n, c) => n + c.rows, 0))}`}>
                  {count(rest.reduce((n, c) => n + c.rows, 0))}
                </Link>
              </td>
              <td className="n">
                <Money fen={rest.reduce((n, c) => n + c.investment, 0)} currency={pack?.currency ?? 'CNY'} />
              </td>
            </tr>
          ) : null}
        </tbody>
      </table>
    </section>
  )
}
