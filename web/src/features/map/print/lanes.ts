/** A lane for each who answers, and in it as many lines as its bars and their words need. */
import type { MapRow } from '../canvas/model'
import type { Extent } from '../canvas/marks'

export interface Item {
  row: MapRow
  /** Its number in the table of nodes. */
  number: number
  marks: Extent
  words: string
  wide: number
}

export interface Placed extends Item {
  line: number
  x: number
  align: 'left' | 'right'
}

export interface Lane {
  owner: string
  items: Placed[]
  lines: number
}

const GAP = 5

/** Lanes in the order in which their first bars begin. */
export function lanesOf(items: readonly Item[], edge: Extent, other: string): Lane[] {
  const owners = new Map<string, Item[]>()
  for (const item of items) {
    const owner = item.row.owner || other
    const list = owners.get(owner) ?? []
    list.push(item)
    owners.set(owner, list)
  }
  const first = (list: readonly Item[]) => Math.min(...list.map((i) => i.row.start))
  return [...owners].sort(([, a], [, b]) => first(a) - first(b)).map(([owner, list]) => packed(owner, list, edge))
}

/** Each bar on the first line on which it and its words are free; words right of it, else left. */
function packed(owner: string, list: readonly Item[], edge: Extent): Lane {
  const lines: Extent[][] = []
  const items = [...list].sort((a, b) => a.marks.left - b.marks.left || a.number - b.number)
  const placed = items.map((item): Placed => {
    for (let line = 0; ; line++) {
      const taken = lines[line] ?? []
      const way = wayOf(item, edge, taken)
      if (!way) continue
      lines[line] = [...taken, way.box]
      return { ...item, line, x: way.x, align: way.align }
    }
  })
  return { owner, items: placed, lines: Math.max(1, lines.length) }
}

interface Way {
  box: Extent
  x: number
  align: 'left' | 'right'
}

function wayOf({ marks, wide }: Item, edge: Extent, taken: readonly Extent[]): Way | null {
  const right: Way = { box: { left: marks.left - GAP, right: marks.right + GAP + wide }, x: marks.right + GAP, align: 'left' }
  const left: Way = { box: { left: marks.left - GAP - wide, right: marks.right + GAP }, x: marks.left - GAP, align: 'right' }
  const free = ({ box }: Way) => !taken.some((t) => box.left < t.right && box.right > t.left)
  const ways = [right, left].filter((w) => w.box.right <= edge.right && w.box.left >= edge.left)
  // Words wider than the sheet still have to stand somewhere: on a line of their own.
  const usable = ways.length ? ways : [marks.right + wide > edge.right ? left : right]
  return usable.find(free) ?? (taken.length === 0 ? (usable[0] ?? null) : null)
}
