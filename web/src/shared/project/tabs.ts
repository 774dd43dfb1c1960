/** Tabs of a project's page that other features bring: the app hangs them in, so that features need not know one another. */
import { type ComponentType, createContext, useContext } from 'react'

/** What a permit of the project allows next, and the way to its form. */
export interface PermitDoor {
  /** Acts that can be recorded now, with their words; empty where there are none, or the project cannot be edited. */
  acts: (kind: string) => { key: string; word: string }[]
  open: (kind: string, act: string) => void
  /** What is known of it: state, clock, days; `null` when the project has no such permit yet. */
  said: (kind: string) => string | null
}

/** The project that a tab is shown for, and what its page lends. */
export interface ProjectRoom {
  id: string
  name: string
  asOf: string | null
  readOnly: boolean
  permits: PermitDoor
  /** Records a step, with the way back; `again` does it once more after it was taken back. */
  did: (feed: number, label: string, again?: () => Promise<void>) => void
  back: () => void
  forth: () => void
}

export interface ProjectTab {
  /** Its value of `?tab=`. */
  key: string
  word: { zh: string; en: string }
  Page: ComponentType<{ room: ProjectRoom }>
}

const Context = createContext<readonly ProjectTab[]>([])

export const ProjectTabs = Context.Provider
export const useProjectTabs = (): readonly ProjectTab[] => useContext(Context)
