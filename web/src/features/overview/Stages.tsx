/** The stages as one line of a drawing, each with its count, and the money beside it. */
import { Link } from 'react-router'
import { type Overview, usePack } from '../../shared/api'
import { count, Money, percent } from '../../shared/ui'
import { useWords } from '../../shared/words'
import type { Links } from './links'

export function Stages({ overview, links }: { overview: Overview; links: Links }) {
  const { t, lang } = useWords()
  const pack = usePack()
  const rows = new Map(overview.by_stage.map((c) => [c.key, c]))
  const { total, invest } = overview
  const top = Math.max(1, ...overview.by_stage.map((c) => c.rows))
  const share = percent(invest.ytd, invest.annual_plan)
  return (
    <section className="stages" aria-labelledby="stages-title">
      <header>
        <h2 id="stages-title">{t('overview.stages')}</h2>
        <Link to={links.list()}>{t('overview.stagesSays', { n: count(total.rows), counted: count(total.counted) })}</Link>
      </header>
      <ol className="stage-strip">
        {(pack?.stages ?? []).map((stage) => {
          const n = rows.get(stage.key)?.rows ?? 0
          return (
            <li key={stage.key}>
              <Link to={links.list({ stage: stage.key })}>
                <span className="stage-name">{stage[lang]}</span>
                <b className="num">{count(n)}</b>
                <span className="stage-bar" style={{ width: `${(n / top) * 100}%` }} />
                <Money fen={rows.get(stage.key)?.investment ?? 0} currency={pack?.currency ?? 'CNY'} />
              </Link>
            </li>
          )
        })}
      </ol>
      <dl className="money-line">
        <div>
          <dt>{t('overview.total')}</dt>
          <dd>
            <Money fen={total.investment} currency={pack?.currency ?? 'CNY'} />
          </dd>
        </div>
        <div>
          <dt>{t('overview.annualPlan')}</dt>
          <dd>
            <Money fen={invest.annual_plan} currency={pack?.currency ?? 'CNY'} />
          </dd>
        </div>
        <div>
          <dt>{t('overview.ytd')}</dt>
          <dd>
            <Money fen={invest.ytd} currency={pack?.currency ?? 'CNY'} />
            {share ? <span className="money-share">{t('overview.ytdShare', { share })}</span> : null}
          </dd>
        </div>
      </dl>
    </section>
  )
}
