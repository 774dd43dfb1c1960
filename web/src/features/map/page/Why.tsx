/** Why a step stands where it stands: sentence by sentence, with the days that each costs. */
import { useEffect, useRef } from 'react'
import { dayIn } from './day'
import { useWhy } from './queries'
import type { PlanActivity, PlanView } from './types'
import { useWords } from './words'

export function Why({ plan, of, onClose }: { plan: PlanView; of: PlanActivity; onClose: () => void }) {
  const { t } = useWords()
  const why = useWhy(plan.project, of.id, plan.feed, plan.as_of)
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
  const lines = why.data?.lines ?? []
  return (
    <section ref={box} className="mp-why" tabIndex={-1} aria-label={t('why.title')}>
      <header>
        <h2>{t('why.of', { name: of.name, day: dayIn(of.finish, plan.today) })}</h2>
        <button type="button" className="mp-link" onClick={onClose}>
          {t('why.close')}
        </button>
      </header>
      {why.isPending ? (
        <p aria-busy="true">{t('why.loading')}</p>
      ) : (
        <ol>
          {lines.map((line) => (
            <li key={line.text}>
              <span>{line.text}</span>
              <b className="num">{line.days ? line.days : ''}</b>
            </li>
          ))}
          {lines.length === 0 && <li>{t('why.nothing')}</li>}
        </ol>
      )}
      <small>{t('why.unit')}</small>
    </section>
  )
}
