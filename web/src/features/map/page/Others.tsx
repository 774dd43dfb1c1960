/** Colleagues who have the same map open: their names, and the step each has in hand. */
import type { PlanView } from './types'
import type { Present } from './usePresence'
import { useWords } from './words'

export function Others({ plan, others, onPick }: { plan: PlanView; others: readonly Present[]; onPick: (id: string) => void }) {
  const { t } = useWords()
  if (!others.length) return null
  const step = (id: string) => plan.activities.find((a) => a.id === id)
  return (
    <p className="mp-others" role="status" aria-label={t('others.here')}>
      <span aria-hidden="true">◉</span>
      {others.map((p, i) => {
        const of = p.doing ? step(p.doing) : undefined
        return (
          <span key={`${p.name}-${i}`}>
            {of ? t('others.at', { name: p.name }) : t('others.looks', { name: p.name })}
            {of && (
              <button type="button" className="mp-link" onClick={() => onPick(of.id)}>
                {of.name}
              </button>
            )}
          </span>
        )
      })}
    </p>
  )
}

/** Beside the form of a step that a colleague has open, too. */
export function AlsoHere({ others, of }: { others: readonly Present[]; of: string }) {
  const { t } = useWords()
  const names = others.filter((p) => p.doing === of).map((p) => p.name)
  return names.length ? (
    <p className="mp-also" role="status">
      {t('others.also', { names: names.join('、') })}
    </p>
  ) : null
}
