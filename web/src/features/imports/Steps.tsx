// The four steps; those one may go back to are buttons.
import type { ReactNode } from 'react'
import { useOffice } from './office'

export type Step = 'file' | 'headings' | 'preview' | 'commit'
const ORDER: readonly Step[] = ['file', 'headings', 'preview', 'commit']

export function Steps({ at, onGo, children }: { at: Step; onGo?: ((step: Step) => void) | undefined; children?: ReactNode }) {
  const { words: w } = useOffice()
  return (
    <nav className="imp-steps" aria-label={w.stepsLabel}>
      <ol>
        {ORDER.map((step, i) => {
          const says = `${i + 1} ${w.steps[step]}`
          const open = onGo && step !== at && step !== 'commit'
          return (
            <li key={step}>
              {open ? (
                <button type="button" onClick={() => onGo(step)}>
                  {says}
                </button>
              ) : (
                <span aria-current={step === at ? 'step' : undefined}>{says}</span>
              )}
            </li>
          )
        })}
      </ol>
      {children && <div className="imp-about">{children}</div>}
    </nav>
  )
}
