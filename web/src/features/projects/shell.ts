/** What the shell tells this feature: the pack's words, the day, the as-of day, the width. */
import { useMemo, useSyncExternalStore } from 'react'
import { useSearchParams } from 'react-router'
import { useMe, usePack } from '../../shared/api'
import { unitsOf } from '../../shared/ui'
import { useLang } from '../../shared/words'
import { useOrgs } from './api/queries'
import { registersOf } from './register'
import type { Show } from './show'

export { useCan, useFeed, useMe } from '../../shared/api'

export function useAsOf(): string | null {
  const [params] = useSearchParams()
  return params.get('as_of')
}

export function useShow(): Show | null {
  const me = useMe()
  const pack = usePack()
  const orgs = useOrgs()
  const lang = useLang()
  const asOf = useAsOf()
  return useMemo(() => (me && pack ? { lang, today: asOf ?? me.today, decides: me.can.includes('decide'), registers: registersOf(pack, orgs, lang), units: unitsOf(pack, lang) } : null), [me, pack, orgs, lang, asOf])
}

const NARROW = '(max-width: 760px)'

export function useNarrow(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = matchMedia(NARROW)
      media.addEventListener('change', changed)
      return () => media.removeEventListener('change', changed)
    },
    () => matchMedia(NARROW).matches,
  )
}
