/** A line of the queue on a phone. */
import { Checkbox } from 'antd'
import { Link } from 'react-router'
import { useSay } from '../../shared/api'
import { daysBetween } from '../../shared/ui'
import { Bar } from './Bar'
import { Holds, placeOf, type RowProps } from './Row'
import { useSaid } from './useSaid'
import { useWords } from './words'

export function Card({ row, today, everyone, picked, onPick }: RowProps) {
  const { t } = useWords()
  const say = useSay()
  const said = useSaid(today)
  const waits = row.since ? t('row.days', { n: daysBetween(row.since, today) }) : ''
  return (
    <li className={picked ? 'work-card work-picked' : 'work-card'}>
      {onPick ? <Checkbox data-line="" aria-label={t('row.choose', { project: row.project_name, name: row.name })} checked={picked} onChange={(event) => onPick([row.key], event.target.checked)} /> : null}
      <div>
        <Link to={placeOf(row)}>
          <b>{row.name}</b>
        </Link>
        <p>{[row.project_name, say('divisions', row.division)].filter(Boolean).join(' · ')}</p>
        <p className="muted">{[said.state(row), waits, row.mover === 'department' ? '' : said.mover(row), ...(everyone ? row.desks : [])].filter(Boolean).join(' · ')}</p>
        {row.run === null ? null : (
          <p className="work-card-clock">
            <Bar row={row} today={today} />
            <b className={row.overdue ? 'num work-late' : 'num'}>{said.used(row)}</b>
          </p>
        )}
        <p>
          <span className={row.overdue ? 'work-late' : undefined}>{said.left(row)}</span> <small>{said.dues(row)}</small>
        </p>
        <div className="work-card-holds">
          <Holds row={row} today={today} />
        </div>
      </div>
    </li>
  )
}
