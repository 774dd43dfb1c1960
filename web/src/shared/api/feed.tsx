/** What happens elsewhere, told as it happens: one stream per window, heard by whoever asks. */
import { useQueryClient } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useMemo, useRef } from 'react'
import { keys } from './session'

/** Ids of projects that changed; `null`: more than can be named, or the stream was away for a while. */
export type Changed = string[] | null
type Listener = (changed: Changed) => void
interface Feed {
  listen: (listener: Listener) => () => void
}

const Context = createContext<Feed>({ listen: () => () => undefined })

/** The server names at most this many. */
const NAMED = 200
/** Figures are asked for again once things have settled. */
const SETTLE_MS = 400

export function FeedProvider({ children }: { children: React.ReactNode }) {
  const client = useQueryClient()
  const listeners = useRef(new Set<Listener>())
  useEffect(() => {
    if (typeof EventSource === 'undefined') return
    const source = new EventSource('/api/v1/events')
    let wasAway = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const tell = (changed: Changed) => {
      listeners.current.forEach((l) => l(changed))
      clearTimeout(timer)
      timer = setTimeout(() => void client.invalidateQueries({ queryKey: keys.overview }), SETTLE_MS)
    }
    source.addEventListener('feed', (event) => {
      const data = JSON.parse((event as MessageEvent<string>).data) as { projects?: string[] }
      const named = data.projects ?? []
      tell(named.length < NAMED ? named : null)
    })
    source.addEventListener('error', () => (wasAway = true))
    source.addEventListener('open', () => {
      if (wasAway) tell(null)
      wasAway = false
    })
    return () => {
      clearTimeout(timer)
      source.close()
    }
  }, [client])
  const feed = useMemo<Feed>(() => ({ listen: (l) => (listeners.current.add(l), () => listeners.current.delete(l)) }), [])
  return <Context.Provider value={feed}>{children}</Context.Provider>
}

/** Calls back on every change that the reader may see. Give a stable function. */
export function useFeed(onChange: Listener): void {
  const feed = useContext(Context)
  useEffect(() => feed.listen(onChange), [feed, onChange])
}
