/** The list on a phone: one card a project, one column, drawn as it scrolls. */
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { Link } from 'react-router'
import type { Row, Totals } from '../api/types'
import { shown } from '../model/cursor'
import { chineseNumeral } from '../model/lines'
import { filterText, type Query } from '../model/query'
import { lateDays, type Show, shortPeriod } from '../show'
import { useWords } from '../words'
import type { Loaded } from './useLines'

const CARD = 88

interface PhoneProps {
  loaded: Loaded
  show: Show
  query: Query
  onQuery: (query: Query) => void
  totals: Totals | undefined
  empty: React.ReactNode
}

export function PhoneList({ loaded, show, query, onQuery, totals, empty }: PhoneProps) {
  const { t, lang } = useWords()
  const scroller = useRef<HTMLDivElement>(null)
  const [view, setView] = useState({ top: 0, height: 700 })
  const { lines } = loaded
  const window = shown(view.top, view.height, CARD, lines.length, 4)
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const measure = () => setView({ top: element.scrollTop, height: element.clientHeight })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const { want } = loaded
  useEffect(() => want(window.first, window.end), [want, window.first, window.end])
  const drawn = Array.from({ length: window.end - window.first }, (_, i) => window.first + i)
  return (
    <div className="pj-phone">
      <div className="pj-phonehead">
        {totals && <p>{t('phone.sum', { count: totals.rows.toLocaleString('en-US'), investment: show.units.moneyShort(totals.investment) })}</p>}
        {filterText(query) !== '' && (
          <button type="button" className="pj-link" onClick={() => onQuery({ ...query, filters: {} })}>
            {t('empty.clear')}
          </button>
        )}
      </div>
      <section ref={scroller} className="pj-phonescroll" aria-label={t('grid.label')} onScroll={(e) => setView((v) => ({ ...v, top: e.currentTarget.scrollTop }))}>
        {loaded.loading ? (
          <div className="pj-skeleton" aria-busy="true" />
        ) : lines.length === 0 ? (
          empty
        ) : (
          <ul style={{ height: lines.length * CARD }}>
            {drawn.map((line) => {
              const found = lines.at(line)
              return (
                <li key={line} style={{ top: line * CARD, height: CARD }}>
                  {found?.kind === 'group' ? (
                    <h2>
                      {lang === 'zh' ? `${chineseNumeral(found.ordinal)}、` : `${found.ordinal}. `}
                      {found.title}
                      {t('grid.groupCount', { count: found.count })}
                    </h2>
                  ) : found?.row ? (
                    <Card row={found.row} show={show} />
                  ) : (
                    <div className="pj-skeleton pj-short" aria-busy="true" />
                  )}
                </li>
              )
            })}
          </ul>
        )}
      </section>
    </div>
  )
}

/** What falls due next, and how late it is: in words, never by colour alone. */
export function NextDue({ row, show }: { row: Row; show: Show }) {
  const { t } = useWords()
  const started = row.started_on !== null
  const plan = started ? row.finish_planned : row.start_planned
  const live = row.status === 'active' || row.status === 'halted'
  const late = !live ? 0 : started ? lateDays(row.finish_due, row.completed_on, show.today) : lateDays(row.start_due, row.started_on, show.today)
  if (row.completed_on) return <span>{t('due.completed', { day: row.completed_on })}</span>
  if (!plan) return <span className="pj-none">{t(started ? 'due.noFinish' : 'due.noStart')}</span>
  return (
    <span className={late ? 'pj-late' : undefined}>
      {t(started ? 'due.finish' : 'due.start', { plan: shortPeriod(plan, show) })}
      {late > 0 && ` ${t('page.late', { days: late })}`}
    </span>
  )
}

function Card({ row, show }: { row: Row; show: Show }) {
  return (
    <Link className="pj-phonecard" to={`/projects/${row.id}`}>
      <b>{row.name}</b>
      <span>
        {[show.registers.word('divisions', row.division), show.registers.word('stages', row.stage)].filter(Boolean).join(' · ')}
        {row.status !== 'active' && <em> {show.registers.word('statuses', row.status)}</em>}
      </span>
      <span>
        {show.units.moneyShort(row.investment) || '—'} · <NextDue row={row} show={show} />
      </span>
    </Link>
  )
}
