/** What the pointer is on. */
import type { Chart } from './chart'
import { pointsOf } from './chart'
import { crossing, distanceTo } from './links'
import { barOf, DIAMOND } from './marks'
import type { MapLink, MapRow } from './model'

export type Part = 'bar' | 'end' | 'knob' | 'row'

export interface Hit {
  row: MapRow
  line: number
  part: Part
}

const EDGE = 5
const KNOB_FROM = 5
const KNOB_TO = 15
const NEAR = 3

/** `x` and `y` in the chart's own measure. */
export function hitAt(chart: Chart, x: number, y: number): Hit | null {
  const line = Math.floor(y / chart.rowHeight)
  const found = chart.lines.lines[line]
  if (found?.kind !== 'row') return null
  return { row: found.row, line, part: partAt(chart, found.row, x) }
}

function partAt(chart: Chart, row: MapRow, x: number): Part {
  const bar = barOf(chart.scale, row)
  if (row.event) {
    if (Math.abs(x - bar.left) <= DIAMOND + 2) return 'bar'
    return x > bar.left && x <= bar.left + KNOB_TO + DIAMOND ? 'knob' : 'row'
  }
  // A short bar is mostly its own edge: leave its left half for moving it.
  const edge = Math.min(EDGE, (bar.right - bar.left) / 2)
  if (x >= bar.right - edge && x < bar.right + KNOB_FROM) return 'end'
  if (x >= bar.right + KNOB_FROM && x <= bar.right + KNOB_TO) return 'knob'
  return x >= bar.left - 2 && x < bar.right ? 'bar' : 'row'
}

/** The link under a point, when no bar is. */
export function linkAt(chart: Chart, x: number, y: number): MapLink | null {
  const line = Math.floor(y / chart.rowHeight)
  for (const place of crossing(chart.links, line, line + 1)) {
    const points = pointsOf(chart, place)
    if (points && distanceTo(points, x, y) <= NEAR) return chart.links.links[place] ?? null
  }
  return null
}
