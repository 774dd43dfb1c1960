/** The milestone ahead in one line: its day, how late, since when, and whom one waits for; a light's shape and word before it. */
import { Light } from '../../../shared/ui'
import { dayIn } from './day'
import type { PlanMilestone, PlanView } from './types'
import { type T, useWords } from './words'

/** The first of the chosen milestone, what lies ahead, and the last. */
export function milestoneAhead(plan: PlanView, target: string | null): PlanMilestone | undefined {
  return plan.milestones.find((m) => m.milestone === target && !m.done) ?? plan.milestones.find((m) => !m.done) ?? plan.milestones.at(-1)
}

export function latenessSaid(m: PlanMilestone, t: T): string {
  if (m.days_late === null) return t('head.noDue')
  if (m.days_late === 0) return t('head.onTime')
  return m.days_late > 0 ? t('head.late', { n: m.days_late }) : t('head.early', { n: -m.days_late })
}

export const lightOf = (m: { light: string }) => (m.light === 'red' || m.light === 'amber' ? m.light : 'green')

export function Headline({ plan, target, onWhy }: { plan: PlanView; target: string | null; onWhy: (id: string) => void }) {
  const { t } = useWords()
  const m = milestoneAhead(plan, target)
  if (!m) return null
  const color = lightOf(m)
  const who = m.blocking?.mover_name
  const parts = m.done
    ? [t('head.done', { name: m.name, day: m.done }), latenessSaid(m, t)]
    : [
        t('head.forecast', { name: m.name, day: dayIn(m.expected, plan.today) }),
        latenessSaid(m, t),
        m.since && color !== 'green' ? t('head.since', { day: dayIn(m.since, plan.today) }) : '',
        m.blocking ? t(who ? 'head.waits' : 'head.waitsNobody', { who: who ?? '', what: m.blocking.activity_name }) : '',
        m.blocking && m.blocking.days_lost > 0 ? t('head.lost', { n: m.blocking.days_lost }) : '',
      ]
  return (
    <div className="mp-headline">
      <Light color={color} word={t(`light.${color}`)} />
      <span role="status">
        {parts.filter(Boolean).map((part, i) => (
          <span key={part} className={i < 2 && color === 'red' ? 'mp-red' : undefined}>
            {i > 0 && <i aria-hidden="true"> · </i>}
            {part}
          </span>
        ))}
      </span>
      <button type="button" className="mp-link" onClick={() => onWhy(m.activity)}>
        {t('why.ask')}
      </button>
    </div>
  )
}
