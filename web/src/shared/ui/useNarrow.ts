/** Whether the window is a phone's. */
import { useSyncExternalStore } from 'react'

const NARROW = '(max-width: 760px)'

export const useNarrow = (): boolean =>
  useSyncExternalStore(
    (changed) => {
      const media = matchMedia(NARROW)
      media.addEventListener('change', changed)
      return () => media.removeEventListener('change', changed)
    },
    () => matchMedia(NARROW).matches,
  )
