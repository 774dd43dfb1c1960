/** Why a step stands where it stands: sentence by sentence, with the days that each costs. */
import { useEffect, useRef } from 'react'
import { useSaid } from '../../../shared/ui'
import { dayIn } from './day'
import { type Beside, useWhy } from './queries'
import type { PlanActivity, PlanView } from './types'
import { useWords } from './words'

export function Why({ plan, of, beside, onPick, onClose }: { plan: PlanView; of: PlanActivity; beside: Beside | null; onPick: (id: string) => void; onClose: () => void }) {
  const { t } = useWords()
  const why = useWhy(plan.project, of.id, plan.feed, plan.as_of)
  const { data } = why
  const theirs = beside?.rows.find((r) => r.activity === of.id)
  const said = useSaid()
  const box = useRef<HTMLElement>(null)
  const close = useRef(onClose)
  useEffect(() => {
    close.current = onClose
  })
  useEffect(() => {
    const before = document.activeElement
    box.current?.focus()
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') close.current()
    }
    document.addEventListener('keydown', onKey)
    return () => {
      document.removeEventListener('keydown', onKey)
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    }
  }, [])
  return (
    <section ref={box} className="mp-why" tabIndex={-1} aria-label={t('why.title')}>
      <header>
        <h2>{t('why.of', { name: of.name, day: dayIn(of.finish, plan.today) })}</h2>
        <button type="button" className="mp-link" onClick={onClose}>
          {t('why.close')}
        </button>
      </header>
      {why.isError ? (
        <p role="alert">{said(why.error).title}</p>
      ) : !data ? (
        <p aria-busy="true">{t('why.loading')}</p>
      ) : (
        <>
          <ol>
            {data.causes.map((c) => (
              <li key={c.text} className={c.decides ? 'mp-decides' : undefined}>
                {c.activity && !c.project ? (
                  <button type="button" className="mp-link" onClick={() => onPick(c.activity ?? '')}>
                    {c.text}
                  </button>
                ) : (
                  c.text
                )}
                {c.decides && <em>{t('why.decides')}</em>}
                <b className="num">{dayIn(c.day, plan.today)}</b>
              </li>
            ))}
            {data.causes.length === 0 && <li>{t('why.nothing')}</li>}
          </ol>
          {beside && theirs && <p className="mp-note">{t(theirs.days > 0 ? 'why.theirsLater' : theirs.days < 0 ? 'why.theirsEarlier' : 'why.theirsSame', { n: beside.number, row: theirs.row_name, day: dayIn(theirs.file_finish, plan.today), days: Math.abs(theirs.days) })}</p>}
          {data.late.length > 0 && (
            <ul className="mp-sum">
              {data.late.map((l) => (
                <li key={l.text}>{l.text}</li>
              ))}
            </ul>
          )}
          {data.wins.length > 0 && <h3>{t('why.wins')}</h3>}
          {data.wins.length > 0 && (
            <ul>
              {data.wins.map((w) => (
                <li key={w.text}>
                  {w.text}
                  <b className="num">{t('why.win', { n: w.days })}</b>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
      <small>{t('why.unit')}</small>
    </section>
  )
}
