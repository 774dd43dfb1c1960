/** After a dialog has gone, the keyboard is where it was before. */
import { useEffect } from 'react'

export function useReturnFocus(): void {
  useEffect(() => {
    const before = document.activeElement
    return () => {
      // When the dialog's own focus trap has let go.
      setTimeout(() => {
        const lost = document.activeElement === document.body || document.activeElement === null
        const to = before instanceof HTMLElement && before.isConnected ? before : document.querySelector<HTMLElement>('[role=grid]')
        if (lost) to?.focus({ preventScroll: true })
      })
    }
  }, [])
}
