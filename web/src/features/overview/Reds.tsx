/** What is red: by which rule, with which numbers, since when, whose move. Each leads to the bar that holds the project up. */
import { Link } from 'react-router'
import { type Overview, usePack, useSay } from '../../shared/api'
import { count, daysBetween, Light, shortDay } from '../../shared/ui'
import { useWords } from '../../shared/words'
import type { Links } from './links'
import { Refreshing } from './Refreshing'

type RedItem = Overview['reds']['items'][number]

export function Reds({ overview, links }: { overview: Overview; links: Links }) {
  const { t } = useWords()
  const { reds } = overview
  const figure = t('overview.redsAll', { red: count(reds.red), amber: count(reds.amber) })
  return (
    <section className="reds" aria-labelledby="reds-title">
      <header>
        <h2 id="reds-title">{t('overview.reds', { n: count(reds.red) })}</h2>
        <span className="muted">{t('overview.redsSays')}</span>
        {/* Lights of a past day are computed for this page alone: no list can be filtered by them. */}
        {overview.as_of === null ? <Link to={links.list({ light: 'red,amber', status: 'active,halted,deferred', sort: '-days_late' })}>{figure} ›</Link> : <span className="reds-past">{figure}</span>}
      </header>
      {overview.forecast_day !== null && overview.as_of === null && <Refreshing of={overview.forecast_day} today={overview.today} />}
      {reds.items.length ? <Table overview={overview} links={links} /> : <p className="muted">{t('overview.redsNone')}</p>}
    </section>
  )
}

function Table({ overview, links }: { overview: Overview; links: Links }) {
  const { t } = useWords()
  return (
    <table className="sheet-table">
      <thead>
        <tr>
          <th scope="col">{t('overview.project')}</th>
          <th scope="col">{t('overview.colRule')}</th>
          <th scope="col">{t('overview.colSince')}</th>
          <th scope="col">{t('overview.colMover')}</th>
          <th scope="col" className="n">
            {t('overview.colLost')}
          </th>
        </tr>
      </thead>
      <tbody>
        {overview.reds.items.map((item) => (
          <Row key={item.id} item={item} links={links} today={overview.today} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ item, links, today }: { item: RedItem; links: Links; today: string }) {
  const { t } = useWords()
  const say = useSay()
  const pack = usePack()
  const { blocking } = item
  const rule = item.rule ?? t('overview.ruleFrom', { n: item.red_from })
  const place = say('divisions', item.division ?? null)
  return (
    <tr>
      <td>
        <span className="reds-name">
          <Light color="red" word={t('overview.red')} />
          <Link to={links.map(item.id, null)}>{item.name}</Link>
        </span>
        <small>{place}</small>
      </td>
      <td title={[rule, item.document].filter(Boolean).join(' · ')}>
        <span className="late">{t('overview.redLate', { milestone: t(`overview.${milestoneWord(item.milestone)}`), n: count(item.days_late) })}</span>
        <small>
          {item.due ? t('overview.redDates', { due: shortDay(item.due, today), expected: shortDay(item.expected, today) }) : shortDay(item.expected, today)}
        </small>
      </td>
      <td className="reds-since">
        {item.since ? shortDay(item.since, today) : '—'}
        {item.since && <small>{t('overview.days', { n: daysBetween(item.since, today) })}</small>}
      </td>
      <td>
        {blocking?.mover ?? <span className="muted">{t(pack ? 'overview.nobody' : 'common.none')}</span>}
        {blocking && (
          <small>
            <Link to={links.map(item.id, blocking.activity)}>{blocking.activity_name}</Link>
          </small>
        )}
      </td>
      <td className="n">{blocking && blocking.days_lost > 0 ? count(blocking.days_lost) : <span className="muted">·</span>}</td>
    </tr>
  )
}

const WORDS = { start: 'msStart', completion: 'msCompletion', production: 'msProduction', capacity: 'msCapacity', handover: 'msHandover', closed: 'msClosed' } as const
const milestoneWord = (milestone: RedItem['milestone']) => WORDS[milestone]
