/** One watch: the number, its target, both on one axis, what is due, what is late and whose it is. */
import { Link } from 'react-router'
import type { Watch, WatchItem, WatchKey } from '../../shared/api'
import { useSay } from '../../shared/api'
import { count, Figure, percent, scaled, shortDay } from '../../shared/ui'
import { useWords, type WordKey } from '../../shared/words'
import type { Links } from './links'
import { Months } from './Months'
import { chanceSaid, chanceWord, type Pace, paceOf, TARGET_AT } from './pace'

const CAPITAL: Record<WatchKey, 'Start' | 'Finish' | 'Ramp'> = { start: 'Start', finish: 'Finish', ramp: 'Ramp' }

export interface WatchProps {
  watch: Watch
  year: number
  today: string
  links: Links
}

export function WatchColumn(props: WatchProps) {
  const { watch, year, today, links } = props
  const { t } = useWords()
  const pace = paceOf(watch, year, today)
  const id = `watch-${watch.key}`
  return (
    <section className="watch" aria-labelledby={id}>
      <header className="watch-head">
        <h2 id={id}>{t(`overview.${watch.key}`)}</h2>
        <span className="muted">{t(`overview.${watch.key}By`)}</span>
        <Link to={links.planned(watch.key)}>{t('overview.planList', { n: count(watch.planned) })} ›</Link>
      </header>
      <div className="watch-hero">
        <Link to={links.done(watch.key)}>
          <Figure value={count(watch.done)} unit={t(`overview.${watch.key}Unit`)} />
        </Link>
        <Against watch={watch} pace={pace} />
        <Chance watch={watch} />
      </div>
      {pace ? <Axis watch={watch} pace={pace} /> : <div />}
      <Due watch={watch} links={links} />
      <Months {...props} />
      <Items kind="overdue" watch={watch} links={links} today={today} />
      <Items kind="month" watch={watch} links={links} today={today} />
    </section>
  )
}

/** The figure against its target and against the time passed, in words. */
function Against({ watch, pace }: { watch: Watch; pace: Pace | null }) {
  const { t } = useWords()
  if (!pace) return <p>{t('overview.targetNone')}</p>
  const gap = pace.goal - watch.done
  const share = percent(watch.done, pace.goal) ?? ''
  const lead = scaled(Math.round(Math.abs(pace.lead) * 10), 10, 1)
  const standing: WordKey = pace.lead > 0 ? 'overview.ahead' : pace.lead < 0 ? 'overview.behind' : 'overview.onPace'
  return (
    <p>
      {watch.target === null ? t('overview.planLine', { n: pace.goal, share }) : t(gap > 0 ? 'overview.targetLine' : 'overview.targetMet', { target: pace.goal, gap, share })}
      <br />
      {t(standing, { n: lead })}
    </p>
  )
}

/** How likely the target is: a number and a word. Of a part of the office there is no target, and no chance of it. */
function Chance({ watch }: { watch: Watch }) {
  const { t } = useWords()
  const chance = watch.target === null ? null : (watch.forecast?.chance ?? null)
  if (chance === null) return null
  return (
    <p className="watch-chance" title={t('overview.chanceOf', { n: count(watch.forecast?.of ?? 0) })}>
      <b className="num">{chanceSaid(chance)}</b>
      <small>%</small>
      <br />
      {t('overview.chance', { word: t(`overview.${chanceWord(chance)}`) })}
    </p>
  )
}

function Axis({ watch, pace }: { watch: Watch; pace: Pace }) {
  const { t } = useWords()
  const { forecast } = watch
  const axis = t('overview.axisLabel', { done: watch.done, pace: pace.pace, target: pace.goal })
  const label = forecast ? `${axis}${t('common.comma')}${t('overview.bandLabel', { p10: forecast.p10, p50: forecast.p50, p90: forecast.p90 })}` : axis
  const goal = watch.target === null ? t('overview.planList', { n: pace.goal }) : t('overview.target', { n: pace.goal })
  // Past the middle the pace's words stand to the left of its tick, so that they never meet the target's.
  const side = pace.paceAt > TARGET_AT / 2 ? 'axis-left' : 'axis-right'
  return (
    <div className="axis" role="img" aria-label={label}>
      <span className={`axis-word ${side}`} style={{ left: `${pace.paceAt}%` }}>
        {t('overview.pace', { n: pace.pace })}
      </span>
      <span className="axis-word axis-goal" style={{ left: `${TARGET_AT}%` }}>
        {goal}
      </span>
      <span className={pace.beyond ? 'axis-done axis-beyond' : 'axis-done'} style={{ width: `${pace.doneAt}%` }} />
      <span className="axis-tick" style={{ left: `${pace.paceAt}%` }} />
      <span className="axis-target" style={{ left: `${TARGET_AT}%` }} />
      {pace.band && (
        <>
          <span className="axis-band" style={{ left: `${pace.band[0]}%`, width: `${pace.band[2] - pace.band[0]}%` }} />
          <span className="axis-dot" style={{ left: `${pace.band[1]}%` }} />
        </>
      )}
      <span className="axis-foot" aria-hidden="true">
        {forecast ? (
          <>
            {t('overview.band')} {count(forecast.p10)} – <b>{count(forecast.p50)}</b> – {count(forecast.p90)}
          </>
        ) : (
          t('overview.forecastNone')
        )}
      </span>
    </div>
  )
}

/** What is due by now adds up: done of it and overdue; early ones stand apart. */
function Due({ watch, links }: { watch: Watch; links: Links }) {
  const { t } = useWords()
  const name = CAPITAL[watch.key]
  return (
    <p className="watch-due">
      {t(`overview.due${name}`, { n: count(watch.due_by_now) })}
      {t('common.comma')}
      <Link to={links.doneOfDue(watch.key)}>{t(`overview.doneOf${name}`, { n: count(watch.done_of_due) })}</Link>
      {t('common.list')}
      <Link className={watch.overdue ? 'late' : ''} to={links.overdue(watch.key)}>
        {t('overview.overdue', { n: count(watch.overdue) })}
      </Link>
      {watch.early ? `${t('common.semicolon')}${t(`overview.early${name}`, { n: count(watch.early) })}` : ''}
    </p>
  )
}

const SHOWN = { overdue: 5, month: 4 } as const

function Items({ kind, watch, links, today }: { kind: 'overdue' | 'month'; watch: Watch; links: Links; today: string }) {
  const { t } = useWords()
  const late = kind === 'overdue'
  const items = (late ? watch.overdue_items : watch.this_month_items).toSorted((a, b) => b.days - a.days)
  const all = late ? watch.overdue : watch.this_month
  const more = late ? links.overdue(watch.key) : links.thisMonth(watch.key)
  const title = `${t(`overview.${watch.key}`)} ${t(late ? 'overview.overdueHead' : 'overview.monthHead', { n: all })}`
  if (!items.length) return <p className="muted watch-none">{t(late ? 'overview.overdueNone' : 'overview.monthNone')}</p>
  return (
    <div className="watch-items">
      <table className={late ? 'sheet-table dense late-items' : 'sheet-table dense'}>
        <caption className="hidden-visually">{title}</caption>
        <thead>
          <tr>
            <th scope="col">
              <Link to={more}>{t(late ? 'overview.overdueHead' : 'overview.monthHead', { n: count(all) })} ›</Link>
            </th>
            {late ? <th scope="col">{t('overview.colAt')}</th> : null}
            <th scope="col">{t(late ? 'overview.colMover' : 'overview.colLead')}</th>
            {late ? null : (
              <th scope="col" className="n">
                {t('overview.colDue')}
              </th>
            )}
            <th scope="col" className="n">
              {t(late ? 'overview.colLate' : 'overview.colLeft')}
            </th>
          </tr>
        </thead>
        <tbody>
          {items.slice(0, SHOWN[kind]).map((item) => (
            <Item key={item.id} item={item} links={links} today={today} late={late} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Item({ item, links, today, late }: { item: WatchItem; links: Links; today: string; late: boolean }) {
  const { t } = useWords()
  const say = useSay()
  const where = say('divisions', item.division)
  const lead = late && item.blocking ? (item.blocking.mover ?? t('overview.nobody')) : item.lead_org_name
  return (
    <tr>
      <td className="wide">
        <Link to={links.project(item.id)} title={where ? `${item.name} · ${where}` : item.name}>
          {item.name}
        </Link>
      </td>
      {late ? (
        <td className="at" title={item.blocking?.activity_name ?? ''}>
          {item.blocking ? <Link to={links.map(item.id, item.blocking.activity)}>{item.blocking.activity_name}</Link> : <span className="muted">·</span>}
        </td>
      ) : null}
      <td className="lead" title={lead ?? ''}>
        {lead ?? where ?? <span className="muted">{t('overview.noLead')}</span>}
      </td>
      {late ? null : <td className="n muted">{shortDay(item.due, today)}</td>}
      <td className={late ? 'n late' : 'n'}>{Math.abs(item.days)}</td>
    </tr>
  )
}
