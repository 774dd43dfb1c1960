/** Planned and done, month by month: a pale bar and a full one on the same foot. Each month opens what was planned for it. */
import { useRef } from 'react'
import { Link } from 'react-router'
import { useWords } from '../../shared/words'
import type { WatchProps } from './WatchColumn'

const HEIGHT = 52

export function Months({ watch, year, today, links }: WatchProps) {
  const { t } = useWords()
  const row = useRef<HTMLOListElement>(null)
  const top = Math.max(1, ...watch.by_month.flatMap((m) => [m.planned, m.done]))
  const now = today.slice(0, 4) === String(year) ? Number(today.slice(5, 7)) : 0
  /** One stop of the Tab key for twelve months; the arrows walk between them. */
  const walk = (event: React.KeyboardEvent, month: number) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (!step) return
    event.preventDefault()
    row.current?.querySelectorAll('a')[month - 1 + step]?.focus()
  }
  return (
    <figure className="months">
      <figcaption>
        {t('overview.byMonth')}
        <span className="months-key">
          <i className="months-planned" /> {t('overview.planned')} <i className="months-done" /> {t('overview.done')}
        </span>
      </figcaption>
      <ol ref={row}>
        {watch.by_month.map(({ month, planned, done }) => {
          const text = `${t('overview.monthPlanned', { month, n: planned })}${t('common.comma')}${t('overview.monthDone', { month, n: done })}`
          return (
            <li key={month} className={month === now ? 'now' : ''}>
              <Link to={links.planned(watch.key, month)} title={text} tabIndex={month === (now || 1) ? 0 : -1} onKeyDown={(e) => walk(e, month)}>
                <svg width="100%" height={HEIGHT} aria-hidden="true">
                  {done ? (
                    <text x="69%" y={HEIGHT - (done / top) * (HEIGHT - 14) - 3}>
                      {done}
                    </text>
                  ) : now && month > now && planned ? (
                    <text x="31%" y={HEIGHT - (planned / top) * (HEIGHT - 14) - 3}>
                      {planned}
                    </text>
                  ) : null}
                  <rect className="months-planned" x="14%" width="34%" y={HEIGHT - (planned / top) * (HEIGHT - 14)} height={(planned / top) * (HEIGHT - 14)} />
                  <rect className="months-done" x="52%" width="34%" y={HEIGHT - (done / top) * (HEIGHT - 14)} height={(done / top) * (HEIGHT - 14)} />
                </svg>
                <span className="num" aria-hidden="true">
                  {month}
                </span>
                <span className="hidden-visually">{text}</span>
              </Link>
            </li>
          )
        })}
      </ol>
    </figure>
  )
}
