/** What a bulk act does: each project's milestones before and after, and what holds the next one up then. */
import type { WorkAnswer } from '../../shared/api'
import { daysBetween, Failed, Light } from '../../shared/ui'
import type { Effect } from './api'
import { useWords } from './words'

export function Effects({ answer, error, judging, today }: { answer: WorkAnswer | null; error: unknown; judging: boolean; today: string }) {
  const { t } = useWords()
  if (error) return <Failed error={error} />
  if (!answer) return judging ? <p className="muted">{t('effect.waiting')}</p> : null
  return (
    <section className="work-effects" aria-label={t('effect.title')} aria-busy={judging} aria-live="polite">
      <h3>
        {t('effect.title')} <small>{t('effect.hint')}</small>
      </h3>
      {answer.effects.length === 0 ? <p className="muted">{t('effect.none')}</p> : null}
      <ul>
        {answer.effects.map((effect) => (
          <One key={effect.project} effect={effect} today={today} />
        ))}
      </ul>
    </section>
  )
}

/** Month and day within the year, with the year beyond: an effect of days is seen in days. */
const dayIn = (day: string, today: string) => (day.slice(0, 4) === today.slice(0, 4) ? day.slice(5) : day.slice(2))

/** The start, and whatever else moves. */
function One({ effect, today }: { effect: Effect; today: string }) {
  const { t } = useWords()
  const shown = effect.milestones.filter((m, at) => at === 0 || m.before !== m.after)
  return (
    <li>
      <b>{effect.name}</b> {effect.acted ? null : <small className="muted">{t('effect.follows')}</small>}
      {shown.map((m) => {
        const days = daysBetween(m.before, m.after)
        return (
          <p key={m.milestone}>
            <span>{m.name}</span>
            <span className="num">
              {dayIn(m.before, today)} → {dayIn(m.after, today)}
            </span>
            <b>{days === 0 ? t('effect.same') : days < 0 ? t('effect.earlier', { n: -days }) : t('effect.later', { n: days })}</b>
            <Light color={m.light_after} word={t(`light.${m.light_after}`)} />
          </p>
        )
      })}
      {effect.next ? <small>{t('effect.next', { name: effect.next })}</small> : null}
    </li>
  )
}
