/** One line of the queue. */
import { Checkbox } from 'antd'
import { Link } from 'react-router'
import { useSay } from '../../shared/api'
import { daysBetween, Light, shortDay } from '../../shared/ui'
import type { WorkItem } from './api'
import { Bar } from './Bar'
import type { Pick } from './Table'
import { useSaid } from './useSaid'
import { useWords } from './words'

export interface RowProps {
  row: WorkItem
  today: string
  everyone: boolean
  picked: boolean
  onPick: Pick
}

/** Its place on the battle map; without a plan, its line among the project's permits. */
export const placeOf = (row: WorkItem): string => (row.activity ? `/projects/${row.project}?tab=map&node=${encodeURIComponent(row.activity)}` : `/projects/${row.project}`)

export function Row({ row, today, everyone, picked, onPick }: RowProps) {
  const { t } = useWords()
  const say = useSay()
  const said = useSaid(today)
  const days = row.since ? daysBetween(row.since, today) : null
  return (
    <tr className={picked ? 'work-picked' : undefined}>
      {onPick ? (
        <td className="work-box">
          <Checkbox data-line="" aria-label={t('row.choose', { project: row.project_name, name: row.name })} checked={picked} onChange={(event) => onPick([row.key], event.target.checked)} />
        </td>
      ) : null}
      <th scope="row" className="work-c-project">
        <Link to={`/projects/${row.project}`} title={row.project_name}>
          {row.project_name}
        </Link>
        <small>{[say('divisions', row.division), row.code].filter(Boolean).join(' · ')}</small>
      </th>
      <td>
        <span className="work-clip" title={row.name}>
          {row.name}
        </span>
        <small className="work-clip">{[said.state(row), ...(everyone ? row.desks : [])].filter(Boolean).join(' · ')}</small>
      </td>
      <td className="num">
        {row.since ? shortDay(row.since, today) : '—'}
        <small>{days === null ? said.mover(row) : `${t('row.days', { n: days })}${row.mover === 'department' ? '' : ` · ${said.mover(row)}`}`}</small>
      </td>
      <td className="work-c-clock">
        <Bar row={row} today={today} />
      </td>
      <td className={`num work-c-used${row.overdue && row.limit ? ' work-late' : ''}`}>
        <b>{said.used(row)}</b>
        {row.paused ? <small>{t('row.paused', { n: row.paused })}</small> : null}
      </td>
      <td className="num">
        <span className={row.overdue ? 'work-late' : undefined}>{said.left(row)}</span>
        <small title={row.provisional ? t('row.provisional') : undefined}>{said.dues(row)}</small>
      </td>
      <td>
        <Holds row={row} today={today} />
      </td>
      <td className="num">
        {row.finish ? shortDay(row.finish, today) : '—'}
        <small>{row.finish && row.holds.length === 0 && row.float !== null ? t('row.float', { n: row.float }) : ''}</small>
      </td>
      <td className="work-c-go">
        <Link to={placeOf(row)} aria-label={`${row.activity ? t('row.map') : t('row.permit')}: ${row.project_name} ${row.name}`}>
          {row.activity ? t('row.map') : t('row.permit')}
        </Link>
      </td>
    </tr>
  )
}

/** What it holds up, the worst first: the days that it has cost, the forecast and the promise, the light. */
export function Holds({ row, today }: { row: WorkItem; today: string }) {
  const { t } = useWords()
  const worst = row.holds.toSorted((a, b) => b.days - a.days || Number(b.blocks) - Number(a.blocks))[0]
  if (!worst) return <span className="muted">{row.finish ? t('row.free') : t('row.unplanned')}</span>
  const others = row.holds.filter((h) => h !== worst).map((h) => h.name)
  const after = shortDay(worst.expected, today)
  return (
    <>
      <span className="work-held">
        <Light color={worst.light} word={worst.days > 0 ? t('row.delays', { milestone: worst.name, n: worst.days }) : t('row.drives', { milestone: worst.name })} />
        {worst.blocks ? <em>{t('row.stuck')}</em> : null}
      </span>
      <small title={others.join(' ')}>{worst.due ? t('row.later', { after, due: shortDay(worst.due, today) }) : t('row.laterNoDue', { after })}</small>
    </>
  )
}
