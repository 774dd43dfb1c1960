/** Which steps most likely decide the dates: by how often they lie on the driving path, else by their float. */
import type { PlanActivity, PlanView } from './types'
import { useWords } from './words'

const SHOWN = 6

export function decisive(plan: PlanView): PlanActivity[] {
  const open = plan.activities.filter((a) => a.state !== 'done' && a.days > 0)
  const drawn = open.filter((a) => a.odds)
  if (drawn.length) return drawn.toSorted((a, b) => (b.odds?.criticality ?? 0) - (a.odds?.criticality ?? 0) || b.days - a.days).slice(0, SHOWN)
  return open.toSorted((a, b) => a.total_float - b.total_float || b.remaining - a.remaining).slice(0, SHOWN)
}

export function RiskStrip({ plan, onPick }: { plan: PlanView; onPick: (id: string) => void }) {
  const { t } = useWords()
  const steps = decisive(plan)
  if (!steps.length) return null
  const drawn = steps.some((a) => a.odds)
  const longest = Math.max(...steps.map((a) => a.remaining), 1)
  return (
    <section className="mp-risk">
      <h2>{t('risk.title')}</h2>
      <ul>
        {steps.map((a) => (
          <li key={a.id}>
            <button type="button" className="mp-link" onClick={() => onPick(a.id)}>
              {a.name}
            </button>
            <span className="mp-meter" aria-hidden="true">
              <i style={{ width: `${a.odds ? a.odds.criticality / 100 : (a.remaining / longest) * 100}%` }} />
            </span>
            <span className="num">{a.odds ? `${Math.round(a.odds.criticality / 100)} %` : t('risk.left', { n: a.remaining })}</span>
          </li>
        ))}
      </ul>
      <p className="mp-note">{drawn ? t('risk.crit') : t('risk.none')}</p>
    </section>
  )
}
