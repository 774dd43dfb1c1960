/** Where each figure leads: the list that holds exactly the projects it counts. */
import type { WatchKey } from '../../shared/api'
import { lastOfMonth, type Patch, pathWith, type Scope } from '../../shared/ui'

/** The key with which the list asks for "not given". */
export const MISSING = '-'

/** Terminated and closed projects are not expected to do anything: the watches leave them out. */
const EXPECTED = 'active,halted,deferred'

const PLANNED: Record<WatchKey, readonly [string, string]> = { start: ['start_from', 'start_to'], finish: ['finish_from', 'finish_to'], ramp: ['ramp_from', 'ramp_to'] }
const DONE: Record<WatchKey, readonly [string, string]> = { start: ['started_from', 'started_to'], finish: ['completed_from', 'completed_to'], ramp: ['ramped_from', 'ramped_to'] }

/** Before any record: asks that the day is there at all. */
const EVER = '1900-01-01'

export interface Links {
  list: (ask?: Patch) => string
  project: (id: string) => string
  /** The battle map, at a step's bar. */
  map: (id: string, node: string | null) => string
  planned: (watch: WatchKey, month?: number) => string
  done: (watch: WatchKey) => string
  doneOfDue: (watch: WatchKey) => string
  overdue: (watch: WatchKey) => string
  thisMonth: (watch: WatchKey) => string
}

export function linksOf(scope: Scope, year: number, today: string): Links {
  // The list has no year of its own: dates say it.
  const list = (ask: Patch = {}) => pathWith('/projects', { ...scope, year: null }, ask)
  const range = ([from, to]: readonly [string, string], first: string, last: string): Patch => ({ [from]: first, [to]: last, status: EXPECTED })
  const first = `${year}-01-01`
  const last = `${year}-12-31`
  const soFar = today < last ? today : last
  return {
    list,
    project: (id) => pathWith(`/projects/${id}`, { division: null, year: null, list: null, as_of: scope.as_of }),
    map: (id, node) => pathWith(`/projects/${id}`, { division: null, year: null, list: null, as_of: scope.as_of }, { tab: 'map', node }),
    planned: (watch, month) =>
      list(month ? range(PLANNED[watch], `${year}-${String(month).padStart(2, '0')}-01`, lastOfMonth(year, month)) : range(PLANNED[watch], first, last)),
    done: (watch) => list(range(DONE[watch], first, last)),
    doneOfDue: (watch) => list({ ...range(PLANNED[watch], first, soFar), [DONE[watch][0]]: EVER }),
    overdue: (watch) => list({ due: `${watch}_overdue` }),
    thisMonth: (watch) => list({ due: `${watch}_this_month` }),
  }
}
