/** The small parts of every screen: figures, lights, keys, and what stands where there is nothing yet. */
import { Button, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { Refused } from '../api'
import { useWords } from '../words'
import { amount } from './money'
import './parts.css'

/** An amount with its unit small beside it. */
export function Money({ fen, currency }: { fen: number | null | undefined; currency?: string }) {
  const { lang } = useWords()
  if (fen === null || fen === undefined) return <span className="muted">—</span>
  const { digits, unit } = amount(fen, lang, currency)
  return (
    <span className="money">
      <span className="num">{digits}</span> <small>{unit}</small>
    </span>
  )
}

/** The number is the hero; its unit stands small beside it. */
export function Figure({ value, unit, size = 'large' }: { value: ReactNode; unit?: string; size?: 'large' | 'middle' }) {
  return (
    <span className={`figure figure-${size}`}>
      <b className="num">{value}</b>
      {unit ? <small>{unit}</small> : null}
    </span>
  )
}

export type LightColor = 'green' | 'amber' | 'red' | 'grey'

const SHAPES: Record<LightColor, ReactNode> = {
  green: <circle cx="5" cy="5" r="4" />,
  amber: <path d="M5 1 9.5 9H.5Z" />,
  red: <path d="M1 1h8v8H1Z" />,
  grey: <circle cx="5" cy="5" r="3.2" fill="none" strokeWidth="1.6" stroke="currentColor" />,
}

/** A shape, a colour and a word: none of them alone. */
export function Light({ color, word }: { color: LightColor; word: string }) {
  return (
    <span className={`light light-${color}`}>
      <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true" fill="currentColor">
        {SHAPES[color]}
      </svg>
      {word}
    </span>
  )
}

export const KeyHint = ({ children }: { children: ReactNode }) => <kbd aria-hidden="true">{children}</kbd>

/** Nothing here yet: what to do first. */
export function Empty({ title, says, action }: { title: string; says?: ReactNode; action?: ReactNode }) {
  return (
    <div className="state">
      <h2>{title}</h2>
      {says ? <p>{says}</p> : null}
      {action ? <p className="state-action">{action}</p> : null}
    </div>
  )
}

/** What happened, what is safe, what to do. */
export function Failed({ error, onAgain }: { error: unknown; onAgain?: () => void }) {
  const { t } = useWords()
  const { title, remedy } = useSaid()(error)
  return (
    <div className="state" role="alert">
      <h2>{title}</h2>
      <p>{remedy}</p>
      {onAgain ? (
        <p className="state-action">
          <Button onClick={onAgain}>{t('common.again')}</Button>
        </p>
      ) : null}
    </div>
  )
}

/** Puts any error into words: the server's own, or what we know ourselves. */
export function useSaid(): (error: unknown) => { title: string; remedy: string } {
  const { t } = useWords()
  return (error) => {
    if (!(error instanceof Refused)) return { title: t('common.broke'), remedy: t('common.brokeSays') }
    if (error.status === 0) return { title: t('common.offline'), remedy: t('common.offlineSays') }
    if (error.status === 403) return { title: t('common.noRight'), remedy: error.problem.detail || t('common.noRightSays') }
    const first = error.problems[0]
    const title = error.code === 'refused' && first ? error.problems.map((p) => p.title).join(t('common.semicolon')) : (error.problem.title ?? t('common.broke'))
    const remedy = error.code === 'refused' && first ? error.problems.map((p) => p.remedy).filter(Boolean).join(' ') : (error.problem.detail ?? '')
    return { title, remedy: remedy || t('common.brokeSays') }
  }
}

/** Holds the place of what is coming, so that nothing jumps. */
export function Loading({ rows = 6 }: { rows?: number }) {
  const { t } = useWords()
  return (
    <div className="loading" aria-busy="true">
      <span className="hidden-visually" role="status">
        {t('common.loading')}
      </span>
      <Skeleton active title={false} paragraph={{ rows }} />
    </div>
  )
}
