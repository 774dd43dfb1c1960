/** Milestones: planned, network, P50, P80, actual; their ranges on one axis. */
import { Light } from '../../../shared/ui'
import { dayIn } from './day'
import { daysFrom } from './edits'
import { lightOf } from './Headline'
import type { PlanMilestone, PlanView } from './types'
import { useWords } from './words'

interface Axis {
  least: number
  most: number
}

/** Days after the promise (or after the network's date without one): the target stands at the same place in every line. */
export const offset = (m: PlanMilestone, day: string): number => daysFrom(m.due ?? m.expected, day)

export function axisOf(milestones: readonly PlanMilestone[]): Axis {
  const days = milestones.flatMap((m) => [m.done, m.expected, m.odds?.p10, m.odds?.p90].flatMap((d) => (d ? [offset(m, d)] : [])))
  const least = Math.min(0, ...days)
  const most = Math.max(30, ...days)
  const air = Math.ceil((most - least) * 0.06)
  return { least: least - air, most: most + air }
}

export function Milestones({ plan, flashing, onPick }: { plan: PlanView; flashing: ReadonlySet<string>; onPick: (id: string) => void }) {
  const { t } = useWords()
  if (!plan.milestones.length) return null
  const axis = axisOf(plan.milestones)
  const odds = plan.milestones.some((m) => m.odds)
  const day = (d: string | null | undefined) => dayIn(d, plan.today)
  const merging = plan.milestones.some((m) => m.odds && !m.done && m.expected < m.odds.p10)
  return (
    <section className="mp-miles">
      <h2>{t('mile.title')}</h2>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by the keyboard */}
      <div className="mp-scrollx" role="region" aria-label={t('mile.title')} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('mile.title')}</th>
              <th scope="col">{t('mile.due')}</th>
              <th scope="col">{t('mile.expected')}</th>
              {odds && <th scope="col">P50</th>}
              {odds && <th scope="col">P80</th>}
              <th scope="col">{t('mile.done')}</th>
              {odds && <th scope="col">{t('mile.inTime')}</th>}
              <th scope="col" className="mp-axiscell">
                {t('mile.axis')}
              </th>
            </tr>
          </thead>
          <tbody>
            {plan.milestones.map((m) => (
              <tr key={m.milestone} className={flashing.has(m.milestone) ? 'mp-flashed' : undefined}>
                <th scope="row">
                  <button type="button" className="mp-link" onClick={() => onPick(m.activity)}>
                    {m.name}
                  </button>
                  {lightOf(m) !== 'green' && <Light color={lightOf(m)} word={t(`light.${lightOf(m)}`)} />}
                </th>
                <td className="num">{day(m.due)}</td>
                <td className="num">
                  {m.done ? '—' : day(m.expected)}
                  <Late m={m} />
                </td>
                {odds && <td className="num">{day(m.odds?.p50)}</td>}
                {odds && <td className="num">{day(m.odds?.p80)}</td>}
                <td className="num">{day(m.done)}</td>
                {odds && <td className="num">{m.odds?.in_time === null || m.odds?.in_time === undefined ? '—' : `${Math.round(m.odds.in_time / 100)} %`}</td>}
                <td className="mp-axiscell">
                  <Bar m={m} axis={axis} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {merging && <p className="mp-note">{t('mile.earlier')}</p>}
      {!odds && <p className="mp-note">{t('mile.noOdds')}</p>}
    </section>
  )
}

function Late({ m }: { m: PlanMilestone }) {
  const { t } = useWords()
  if (!m.days_late) return null
  return m.days_late > 0 ? <em className="mp-red"> {t('mile.late', { n: m.days_late })}</em> : <em> {t('mile.early', { n: -m.days_late })}</em>
}

/** The figures stand in the table; the drawing repeats them for the eye. */
function Bar({ m, axis }: { m: PlanMilestone; axis: Axis }) {
  const x = (day: string) => ((offset(m, day) - axis.least) / (axis.most - axis.least)) * 100
  const zero = (-axis.least / (axis.most - axis.least)) * 100
  const at = m.done ?? m.expected
  const late = m.due !== null && at > m.due
  return (
    <div className="mp-axis" aria-hidden="true">
      <i className="mp-target" style={{ left: `${zero}%` }} />
      {m.odds && <i className="mp-range" style={{ left: `${x(m.odds.p10)}%`, width: `${Math.max(0.5, x(m.odds.p90) - x(m.odds.p10))}%` }} />}
      {m.odds && <i className="mp-p50" style={{ left: `${x(m.odds.p50)}%`, width: `${Math.max(0.5, x(m.odds.p80) - x(m.odds.p50))}%` }} />}
      <i className={`mp-dot${late ? ' mp-dot-late' : ''}${m.done ? ' mp-dot-done' : ''}`} style={{ left: `${x(at)}%` }} />
    </div>
  )
}
