/** The nodes as a line down a phone's screen: what of them is shown, and where today lies. */
import type { Day } from './day'
import { type MapModel, type MapRow, rowsOf } from './model'

export interface LineNode {
  row: MapRow
  day: Day
  onPath: boolean
  /** Days after (before, when negative) the promise. */
  late: number | null
}

export interface NodeList {
  /** Done long ago: told as a number until asked for. */
  hidden: number
  before: LineNode[]
  after: LineNode[]
}

/** Done nodes that stay in sight. */
const RECENT = 4

/** In the order of their ends; what is done stands above today. */
export function nodesOf(model: MapModel, path: ReadonlySet<string>, all: boolean): NodeList {
  const nodes = rowsOf(model).map((row): LineNode => {
    const day = row.actualFinish ?? row.finish
    return { row, day, onPath: path.has(row.id), late: row.planned === null ? null : day - row.planned }
  })
  nodes.sort((a, b) => a.day - b.day)
  const done = nodes.filter((n) => n.row.state === 'done')
  const hidden = all ? 0 : Math.max(0, done.length - RECENT)
  return { hidden, before: done.slice(hidden), after: nodes.filter((n) => n.row.state !== 'done') }
}
