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
/** Figures are asked for again at once, and then no oftener than this: an import tells of hundreds of changes. */
const PAUSE_MS = 400

export function FeedProvider({ children }: { children: React.ReactNode }) {
  const client = useQueryClient()
  const listeners = useRef(new Set<Listener>())
  useEffect(() => {
    if (typeof EventSource === 'undefined') return
    const source = new EventSource('/api/v1/events')
    let wasAway = false
    const figures = paced(() => void client.invalidateQueries({ queryKey: keys.overview }), PAUSE_MS)
    const tell = (changed: Changed) => {
      listeners.current.forEach((l) => l(changed))
      figures.ask()
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
      figures.stop()
      source.close()
    }
  }, [client])
  const feed = useMemo<Feed>(() => ({ listen: (l) => (listeners.current.add(l), () => listeners.current.delete(l)) }), [])
  return <Context.Provider value={feed}>{children}</Context.Provider>
}

/** Does something at once when asked, and once more after a pause when asked again meanwhile. */
export function paced(act: () => void, pauseMs: number): { ask: () => void; stop: () => void } {
  let pause: ReturnType<typeof setTimeout> | undefined
  let again = false
  const begin = () => {
    again = false
    act()
    pause = setTimeout(() => {
      pause = undefined
      if (again) begin()
    }, pauseMs)
  }
  return { ask: () => (pause === undefined ? begin() : void (again = true)), stop: () => clearTimeout(pause) }
}

/** Calls back on every change that the reader may see. Give a stable function. */
export function useFeed(onChange: Listener): void {
  const feed = useContext(Context)
  useEffect(() => feed.listen(onChange), [feed, onChange])
}
