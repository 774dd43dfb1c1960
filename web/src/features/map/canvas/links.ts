/** Links as orthogonal lines, and which of thousands touch the lines on screen. */
import type { Ends, MapLink } from './model'

/** One end of a link: a bar's sides (equal for an event) and its middle. */
export interface Port {
  left: number
  right: number
  y: number
  /** Half the height of the mark, so that a line ends at its edge. */
  half: number
}

const STUB = 5
const NEAR = 7

/** Points `x0, y0, x1, y1, …`; each leg is level or upright. */
export function route(from: Port, to: Port, ends: Ends, rowHeight: number): number[] {
  if (from.y === to.y) return [ends[0] === 'F' ? from.right : from.left, from.y, ends[1] === 'S' ? to.left : to.right, to.y]
  switch (ends) {
    case 'FS':
      return finishToStart(from, to, rowHeight)
    case 'SS':
      return around(from.left, from.y, to.left, to.y, Math.min(from.left, to.left) - STUB)
    case 'FF':
      return around(from.right, from.y, to.right, to.y, Math.max(from.right, to.right) + STUB)
    case 'SF':
      return detour(from.left, from.y, -STUB, to.right, to.y, STUB, rowHeight)
  }
}

function finishToStart(from: Port, to: Port, rowHeight: number): number[] {
  const gap = to.left - from.right
  const down = to.y > from.y ? 1 : -1
  // The next day: straight down from its end into the top of the other's beginning.
  if (gap > -1 && gap < NEAR) {
    const x = to.right - to.left < 2 ? to.left : Math.min(to.left + 1.5, to.right)
    return x - from.right < 2 ? [x, from.y + down * from.half, x, to.y - down * to.half] : [from.right, from.y, x, from.y, x, to.y - down * to.half]
  }
  if (gap >= NEAR) return [from.right, from.y, from.right + STUB, from.y, from.right + STUB, to.y, to.left, to.y]
  return detour(from.right, from.y, STUB, to.left, to.y, -STUB, rowHeight)
}

const around = (x0: number, y0: number, x1: number, y1: number, x: number): number[] => [x0, y0, x, y0, x, y1, x1, y1]

/** Out, along the edge between two rows, and in. */
function detour(x0: number, y0: number, out: number, x1: number, y1: number, into: number, rowHeight: number): number[] {
  const between = y1 > y0 ? y1 - rowHeight / 2 : y1 + rowHeight / 2
  return [x0, y0, x0 + out, y0, x0 + out, between, x1 + into, between, x1 + into, y1, x1, y1]
}

/** Links by the lines that they join; those of folded rows are left out. */
export interface LinkIndex {
  links: readonly MapLink[]
  from: Int32Array
  to: Int32Array
}

export function indexLinks(links: readonly MapLink[], at: ReadonlyMap<string, number>): LinkIndex {
  const kept = links.filter((l) => at.has(l.from) && at.has(l.to))
  return {
    links: kept,
    from: Int32Array.from(kept, (l) => at.get(l.from) ?? 0),
    to: Int32Array.from(kept, (l) => at.get(l.to) ?? 0),
  }
}

/** Places of the links that touch or cross lines `first..end`. */
export function crossing(index: LinkIndex, first: number, end: number): number[] {
  const found: number[] = []
  const { from, to } = index
  for (let i = 0; i < from.length; i++) {
    const a = from[i] ?? 0
    const b = to[i] ?? 0
    if (Math.min(a, b) < end && Math.max(a, b) >= first) found.push(i)
  }
  return found
}

/** How far a point lies from a line of points. */
export function distanceTo(points: readonly number[], x: number, y: number): number {
  let least = Infinity
  for (let i = 0; i + 3 < points.length; i += 2) {
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = points.slice(i, i + 4)
    const dx = Math.max(Math.min(x0, x1) - x, 0, x - Math.max(x0, x1))
    const dy = Math.max(Math.min(y0, y1) - y, 0, y - Math.max(y0, y1))
    least = Math.min(least, Math.hypot(dx, dy))
  }
  return least
}
