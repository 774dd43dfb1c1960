/** What is known of a step, as rows; the steps it is tied to can be gone to. */
import { useWords as useMapWords } from '../canvas/words'
import { dayIn } from './day'
import type { PlanActivity, PlanView } from './types'
import { type Key, type T, useWords } from './words'

interface FactsProps {
  plan: PlanView
  of: PlanActivity
  onPick: (id: string) => void
}

function limitSaid(of: PlanActivity, t: T): string | null {
  if (!of.limit) return null
  return of.limit.unit === 'instant' ? t('node.instant') : t(of.limit.unit === 'cd' ? 'node.cd' : 'node.wd', { n: of.limit.days ?? '—' })
}

export function NodeFacts({ plan, of, onPick }: FactsProps) {
  const { t } = useWords()
  const { t: map } = useMapWords()
  const day = (d: string | null | undefined) => dayIn(d, plan.today)
  const run = of.clock_run
  const rows: [Key, React.ReactNode][] = [
    ['node.state', `${map(`state.${of.state}` as Parameters<typeof map>[0])}${of.percent > 0 && of.percent < 100 ? ` · ${of.percent} %` : ''}`],
    ['node.dates', of.days === 0 && of.start === of.finish ? day(of.finish) : `${day(of.start)} – ${day(of.finish)}`],
    ['node.days', t('node.wd', { n: of.days })],
    ['node.planned', of.due && day(of.due)],
    ['node.notBefore', of.not_before && day(of.not_before)],
    ['node.who', [of.org?.name, ...of.departments].filter(Boolean).join(' · ')],
    ['node.party', of.party],
    ['node.clock', t(`clock.${of.clock}` as Key)],
    ['node.limit', limitSaid(of, t)],
    ['node.float', of.state === 'done' ? null : `${of.total_float} / ${of.free_float} ${t('node.unit')}`],
    ['node.odds', of.odds && `${t('node.oddsSaid', { p10: day(of.odds.p10), p50: day(of.odds.p50), p80: day(of.odds.p80), p90: day(of.odds.p90), crit: Math.round(of.odds.criticality / 100) })}${of.odds.samples ? t('node.oddsSamples', { n: of.odds.samples }) : ''}`],
    ['node.note', of.note],
  ]
  return (
    <>
      {(of.own || of.undecided) && (
        <p className="mp-note">{[of.own && t('node.own'), of.undecided && t('node.undecided')].filter(Boolean).join(' · ')}</p>
      )}
      <dl className="mp-nodefacts">
        {rows.map(([key, value]) =>
          value ? (
            <div key={key}>
              <dt>{t(key)}</dt>
              <dd>{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
      {run && (
        <p className={run.overdue > 0 ? 'mp-red' : 'mp-note'}>
          {run.limit_day && t('node.till', { from: day(run.accepted), day: day(run.limit_day) })}
          {run.overdue > 0 && ` · ${t('node.overdue', { n: run.overdue })}`}
          {run.pauses.map((p) => ` · ${t('node.pause', { from: day(p.from), until: day(p.until) })}`)}
        </p>
      )}
      <Tied plan={plan} of={of} onPick={onPick} />
    </>
  )
}

function Tied({ plan, of, onPick }: FactsProps) {
  const { t } = useWords()
  const names = new Map(plan.activities.map((a) => [a.id, a]))
  const tie = (l: PlanView['links'][number], id: string) => {
    const other = names.get(id)
    return (
      <li key={`${l.from}-${l.to}-${l.ends}`}>
        <button type="button" className="mp-link" onClick={() => onPick(id)}>
          {id} {other?.name}
        </button>
        <span className="num">
          {l.ends}
          {l.lag ? (l.lag > 0 ? `+${l.lag}` : l.lag) : ''}
        </span>
        <span className="num">{dayIn(other?.finish, plan.today)}</span>
        {l.driving && <em className="mp-red">{t('node.driving')}</em>}
      </li>
    )
  }
  const into = plan.links.filter((l) => l.to === of.id)
  const out = plan.links.filter((l) => l.from === of.id)
  return (
    <div className="mp-ties">
      {into.length > 0 && <h3>{t('node.after')}</h3>}
      {into.length > 0 && <ul>{into.map((l) => tie(l, l.from))}</ul>}
      {of.after_others.length > 0 && <h3>{t('node.others')}</h3>}
      {of.after_others.length > 0 && (
        <ul>
          {of.after_others.map((o) => (
            <li key={`${o.project}-${o.activity}`}>
              <a href={`/projects/${o.project}?tab=map`}>
                {o.project_name} · {o.activity_name}
              </a>
              <span className="num">{dayIn(o.day, plan.today)}</span>
            </li>
          ))}
        </ul>
      )}
      {out.length > 0 && <h3>{t('node.leans')}</h3>}
      {out.length > 0 && <ul>{out.map((l) => tie(l, l.to))}</ul>}
    </div>
  )
}
