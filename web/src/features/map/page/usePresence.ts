/** Who else has this map open: told to the server every few seconds while the window is seen, and at once when the step changes. */
import { useEffect, useRef, useState } from 'react'
import { freshKey, send } from '../../../shared/api'

export interface Present {
  name: string
  doing?: string | null
}

const BEAT_MS = 5_000
/** A step that is only passed by is not told. */
const SETTLED_MS = 300

const same = (a: readonly Present[], b: readonly Present[]) => a.length === b.length && a.every((p, i) => p.name === b[i]?.name && p.doing === b[i]?.doing)

/** Of a map that is looked at as of a past day nobody is told. */
export function usePresence(project: string, doing: string | null, told: boolean): readonly Present[] {
  const [others, setOthers] = useState<readonly Present[]>([])
  const [window] = useState(freshKey)
  const sent = useRef<Promise<unknown>>(Promise.resolve())
  useEffect(() => {
    if (!told) return
    let over = false
    const beat = async () => {
      if (document.visibilityState !== 'visible') return
      // Presence is a courtesy: a beat that is lost is not worth a word.
      const asked = send<{ others: Present[] }>('PUT', `/projects/${project}/presence`, { window, doing }).catch(() => null)
      sent.current = asked
      const answer = await asked
      if (!over && answer) setOthers((known) => (same(known, answer.body.others) ? known : answer.body.others))
    }
    const first = setTimeout(() => void beat(), SETTLED_MS)
    const timer = setInterval(() => void beat(), BEAT_MS)
    const seen = () => void beat()
    document.addEventListener('visibilitychange', seen)
    return () => {
      over = true
      clearTimeout(first)
      clearInterval(timer)
      document.removeEventListener('visibilitychange', seen)
    }
  }, [project, doing, told, window])
  // Leaving is told after the last beat has arrived, or that one would seat us again.
  useEffect(() => () => void sent.current.then(() => send('DELETE', `/projects/${project}/presence`, { window })).catch(() => null), [project, window])
  return told ? others : []
}
