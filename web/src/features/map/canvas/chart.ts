/** The drawing of the screen: what of ten thousand rows is in view, and nothing else. */
import type { Lang } from '../../../shared/words'
import type { Ink } from './ink'
import { bands, HEAD, headFor, months, todayFlag, todayLine, uprights } from './head'
import { placeTag } from './labels'
import type { Line, Lines } from './lines'
import { windowOf } from './lines'
import { crossing, type LinkIndex, type Port, route } from './links'
import * as mark from './marks'
import { isLate, type MapMilestone, type MapModel, type MapRow } from './model'
import type { Pen } from './pen'
import { type Scale, xOf } from './scale'
import { shifted } from './shifted'

/** What the pointer or the keys are changing, before it is let go. */
export interface Ghost {
  id: string
  start: number
  finish: number
  /** Where a link is being drawn to, in the drawing's own measure. */
  link?: { x: number; y: number; to: string | null }
  words: string
}

export interface Chart {
  model: MapModel
  lines: Lines
  links: LinkIndex
  milestones: ReadonlyMap<string, MapMilestone>
  path: ReadonlySet<string>
  scale: Scale
  rowHeight: number
  lang: Lang
}

export interface Seen {
  left: number
  top: number
  width: number
  height: number
  selected: string | null
  hovered: string | null
  ringed: string | null
  ghost: Ghost | null
  /** Whether a hovered bar shows the knob from which a link is drawn. */
  knob: boolean
  /** Tags of owners; milestones carry their chances. */
  words: Words
}

export interface Words {
  today: (day: number) => string
  odds: (m: MapMilestone) => string
  off: (row: MapRow) => string
  tag: (row: MapRow) => string
}

export function portOf(scale: Scale, row: MapRow, line: number, rowHeight: number): Port {
  const { left, right } = mark.barOf(scale, row)
  return { left, right, y: line * rowHeight + rowHeight / 2, half: row.event ? mark.DIAMOND : mark.HALF }
}

/** Draws what is in view; the origin is the chart's own left top, below its head. */
export function draw(pen: Pen, ink: Ink, chart: Chart, seen: Seen): void {
  const view: Pen = shifted(pen, -seen.left, HEAD - seen.top)
  const across = { scale: chart.scale, left: seen.left, right: seen.left + seen.width }
  const head = headFor(across, chart.lang)
  const bodyHeight = seen.height - HEAD
  const total = Math.min(bodyHeight + seen.top, chart.lines.lines.length * chart.rowHeight)
  pen.rect(0, 0, seen.width, seen.height, ink.sheet)
  const { first, end } = windowOf(seen.top, bodyHeight, chart.rowHeight, chart.lines.lines.length)
  pen.clip(0, HEAD, seen.width, bodyHeight, () => {
    bands(view, ink, across, chart.model.offDays, seen.top, total - seen.top)
    washes(view, ink, chart, seen, first, end)
    uprights(view, ink, chart.scale, head, seen.top, total - seen.top)
    hairs(view, ink, chart, seen, first, end)
    quietLinks(view, ink, chart, seen, first, end)
    const shown = chart.lines.lines.slice(first, end)
    shown.forEach((line, i) => marksOf(view, ink, chart, line, first + i))
    loudLinks(view, ink, chart, seen, first, end)
    shown.forEach((line, i) => diamondsOf(view, ink, chart, line, first + i))
    todayLine(view, ink, xOf(chart.scale, chart.model.today), seen.top, total - seen.top)
    shown.forEach((line, i) => wordsOf(view, ink, chart, seen, line, first + i))
    if (seen.knob) knobOf(view, ink, chart, seen)
    ghostOf(view, ink, chart, seen)
  })
  months(shifted(pen, -seen.left, 0), ink, across, head)
  const today = xOf(chart.scale, chart.model.today) - seen.left
  if (today >= -30 && today <= seen.width + 30) todayFlag(pen, ink, today, seen.words.today(chart.model.today))
}

const middle = (chart: Chart, line: number) => line * chart.rowHeight + chart.rowHeight / 2

function washes(pen: Pen, ink: Ink, { lines, rowHeight }: Chart, seen: Seen, first: number, end: number): void {
  for (let i = first; i < end; i++) {
    const line = lines.lines[i]
    if (!line) continue
    const color = line.kind === 'group' ? ink.ground : line.row.id === seen.selected ? ink['blue-wash'] : line.row.id === seen.hovered ? ink.sunk : null
    if (color) pen.rect(seen.left, i * rowHeight, seen.width, rowHeight, color)
  }
}

function hairs(pen: Pen, ink: Ink, { rowHeight }: Chart, seen: Seen, first: number, end: number): void {
  for (let i = first; i < end; i++) {
    const y = (i + 1) * rowHeight - 0.5
    pen.line([seen.left, y, seen.left + seen.width, y], { color: ink['line-2'] })
  }
}

/** The row of a line, when it has one. */
const rowAt = (chart: Chart, line: number): MapRow | undefined => {
  const found = chart.lines.lines[line]
  return found?.kind === 'row' ? found.row : undefined
}

export function pointsOf(chart: Chart, place: number): number[] | null {
  const link = chart.links.links[place]
  const [a, b] = [chart.links.from[place] ?? 0, chart.links.to[place] ?? 0]
  const [from, to] = [rowAt(chart, a), rowAt(chart, b)]
  if (!link || !from || !to) return null
  return route(portOf(chart.scale, from, a, chart.rowHeight), portOf(chart.scale, to, b, chart.rowHeight), link.ends, chart.rowHeight)
}

const inView = (points: readonly number[], seen: Seen): boolean => {
  let least = Infinity
  let most = -Infinity
  for (let i = 0; i < points.length; i += 2) {
    least = Math.min(least, points[i] ?? 0)
    most = Math.max(most, points[i] ?? 0)
  }
  return most >= seen.left && least <= seen.left + seen.width
}

const touches = (chart: Chart, place: number, id: string | null) => id !== null && (chart.links.links[place]?.from === id || chart.links.links[place]?.to === id)
const onPath = (chart: Chart, place: number): boolean => {
  const link = chart.links.links[place]
  return Boolean(link?.driving && chart.path.has(link.from) && chart.path.has(link.to))
}
const isLoud = (chart: Chart, seen: Seen, place: number) => onPath(chart, place) || touches(chart, place, seen.selected) || touches(chart, place, seen.hovered)

function quietLinks(pen: Pen, ink: Ink, chart: Chart, seen: Seen, first: number, end: number): void {
  for (const place of crossing(chart.links, first, end)) {
    if (isLoud(chart, seen, place)) continue
    const points = pointsOf(chart, place)
    if (points && inView(points, seen)) pen.line(points, { color: ink.line })
  }
}

function loudLinks(pen: Pen, ink: Ink, chart: Chart, seen: Seen, first: number, end: number): void {
  for (const place of crossing(chart.links, first, end)) {
    if (!isLoud(chart, seen, place)) continue
    const points = pointsOf(chart, place)
    if (!points || !inView(points, seen)) continue
    const color = onPath(chart, place) ? ink['bar-drive'] : ink['blue-2']
    pen.line(points, { color, width: 1.5 })
    arrow(pen, points, color)
  }
}

/** A small head at the end of a link. */
export function arrow(pen: Pen, points: readonly number[], color: string): void {
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = points.slice(-4)
  const along = Math.sign(x1 - x0)
  const down = Math.sign(y1 - y0)
  const [bx, by] = [x1 - along * 5, y1 - down * 5]
  pen.shape(x0 === x1 ? [x1, y1, bx - 3, by, bx + 3, by] : [x1, y1, bx, by - 3, bx, by + 3], color)
}

function marksOf(pen: Pen, ink: Ink, chart: Chart, line: Line, at: number): void {
  const y = middle(chart, at)
  if (line.kind === 'group') {
    if (line.span) mark.groupBar(pen, ink, chart.scale, line.span, y)
    return
  }
  const { row } = line
  mark.ghost(pen, ink, chart.scale, row, y)
  mark.contractor(pen, ink, chart.scale, row, y)
  if (row.event) return
  const driving = chart.path.has(row.id)
  if (!driving) mark.tail(pen, ink, chart.scale, row, y)
  mark.bar(pen, ink, chart.scale, row, y, chart.model.today, driving)
  mark.bracket(pen, ink, chart.scale, row, y)
}

function diamondsOf(pen: Pen, ink: Ink, chart: Chart, line: Line, at: number): void {
  if (line.kind === 'group') return
  const { row } = line
  const m = chart.milestones.get(row.id)
  if (row.event || m) mark.milestone(pen, ink, chart.scale, row, m, middle(chart, at), chart.path.has(row.id))
}

function wordsOf(pen: Pen, ink: Ink, chart: Chart, seen: Seen, line: Line, at: number): void {
  if (line.kind === 'group') return
  const { row } = line
  const y = middle(chart, at)
  const ground = row.id === seen.selected ? ink['blue-wash'] : row.id === seen.hovered ? ink.sunk : ink.sheet
  const m = chart.milestones.get(row.id)
  const words = m?.odds && m.done === null ? seen.words.odds(m) : seen.words.tag(row)
  const view = { left: seen.left + 2, right: seen.left + seen.width - 2 }
  const extent = mark.extentOf(chart.scale, row, m, !chart.path.has(row.id))
  if (seen.ghost?.id === row.id) return
  if (seen.knob && row.id === seen.hovered && row.can.link) extent.right = Math.max(extent.right, mark.barOf(chart.scale, row).right + KNOB)
  if (row.id === seen.ringed) pen.circle(mark.barOf(chart.scale, row).right, y, DIAMOND_RING, null, { color: ink['blue-2'], width: 1.5 })
  if (extent.right < view.left || extent.left > view.right) return beyond(pen, ink, seen, row, y, extent.left > view.right)
  if (!words) return
  const color = isLate(row) && m?.done === null ? ink.red : ink['ink-2']
  const placed = placeTag(extent, pen.measure(words), view)
  if (placed) pen.text(placed.x, y, words, { color, align: placed.align, ground })
}

const DIAMOND_RING = 11
/** Room that the knob takes right of a bar. */
const KNOB = 14

/** A row that lies wholly off the edge says so, and when it is. */
function beyond(pen: Pen, ink: Ink, seen: Seen, row: MapRow, y: number, right: boolean): void {
  if (!row.event && row.id !== seen.selected && row.id !== seen.hovered) {
    const x = right ? seen.left + seen.width - 5 : seen.left + 5
    const tip = right ? 3 : -3
    return pen.line([x - tip, y - 3, x, y, x - tip, y + 3], { color: ink['ink-3'] })
  }
  const words = right ? `${seen.words.off(row)} ›` : `‹ ${seen.words.off(row)}`
  pen.text(right ? seen.left + seen.width - 4 : seen.left + 4, y, words, { color: ink['ink-2'], align: right ? 'right' : 'left' })
}

function ghostOf(pen: Pen, ink: Ink, chart: Chart, { ghost }: Seen): void {
  const line = ghost ? chart.lines.at.get(ghost.id) : undefined
  const row = line === undefined ? undefined : rowAt(chart, line)
  if (!ghost || line === undefined || !row) return
  const y = middle(chart, line)
  if (ghost.link) {
    const { right } = mark.barOf(chart.scale, row)
    pen.line([right, y, ghost.link.x, ghost.link.y], { color: ink['blue-2'], width: 1.5, dash: [4, 3] })
    const to = ghost.link.to === null ? undefined : chart.lines.at.get(ghost.link.to)
    const target = to === undefined ? undefined : rowAt(chart, to)
    if (to !== undefined && target) {
      const bar = mark.barOf(chart.scale, target)
      pen.box(bar.left - 3, middle(chart, to) - HALF_RING, bar.right - bar.left + 6, HALF_RING * 2, { color: ink['blue-2'], width: 1.5 })
    }
    return
  }
  const left = xOf(chart.scale, ghost.start)
  const right = Math.max(left + 4, xOf(chart.scale, ghost.finish + 1))
  if (row.event) pen.diamond(mark.eventX(chart.scale, ghost.finish), y, mark.DIAMOND + 1, ink['blue-wash'], { color: ink['blue-2'], width: 1.5 })
  else pen.box(left, y - HALF_RING, right - left, HALF_RING * 2, { color: ink['blue-2'], width: 1.5, dash: [4, 2] })
  pen.text(right + 8, y, ghost.words, { color: ink.blue, bold: true, ground: ink['blue-wash'] })
}

const HALF_RING = 8

function knobOf(pen: Pen, ink: Ink, chart: Chart, { hovered, ghost }: Seen): void {
  const line = hovered === null || ghost ? undefined : chart.lines.at.get(hovered)
  const row = line === undefined ? undefined : rowAt(chart, line)
  if (line === undefined || !row?.can.link) return
  const x = mark.barOf(chart.scale, row).right + (row.event ? 14 : 10)
  pen.circle(x, middle(chart, line), 3.5, ink.sheet, { color: ink['blue-2'], width: 1.5 })
}
