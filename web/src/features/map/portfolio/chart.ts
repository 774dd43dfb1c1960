/** One bar a project: preparation, works, ramp-up, with its milestones as diamonds and its slips as brackets. */
import type { Lang } from '../../../shared/words'
import { type Day, isoOf } from '../canvas/day'
import { HEAD, headFor, months, todayFlag, todayLine, uprights } from '../canvas/head'
import type { Ink } from '../canvas/ink'
import { windowOf } from '../canvas/lines'
import type { Pen } from '../canvas/pen'
import { type Scale, xOf } from '../canvas/scale'
import { shifted } from '../canvas/shifted'
import { type Mark, MUCH, type PortfolioLine, type PortfolioRow } from './portfolio'

export interface PortfolioChart {
  lines: readonly PortfolioLine[]
  scale: Scale
  rowHeight: number
  today: Day
  lang: Lang
}

export interface PortfolioSeen {
  left: number
  top: number
  width: number
  height: number
  selected: string | null
  hovered: string | null
  todayWords: string
  nameOf: (key: string) => string
}

const BAR = 8
const DIAMOND = 5

export function drawPortfolio(pen: Pen, ink: Ink, chart: PortfolioChart, seen: PortfolioSeen): void {
  const { scale, rowHeight, lines } = chart
  const across = { scale, left: seen.left, right: seen.left + seen.width }
  const head = headFor(across, chart.lang)
  const tall = seen.height - HEAD
  const view = shifted(pen, -seen.left, HEAD - seen.top)
  const { first, end } = windowOf(seen.top, tall, rowHeight, lines.length)
  const bottom = Math.min(seen.top + tall, lines.length * rowHeight)
  pen.rect(0, 0, seen.width, seen.height, ink.sheet)
  pen.clip(0, HEAD, seen.width, tall, () => {
    for (let i = first; i < end; i++) {
      const line = lines[i]
      const color = line?.kind === 'group' ? ink.sunk : line && line.row.id === seen.selected ? ink['blue-wash'] : line && line.row.id === seen.hovered ? ink.ground : null
      if (color) view.rect(seen.left, i * rowHeight, seen.width, rowHeight, color)
    }
    uprights(view, ink, scale, head, seen.top, bottom - seen.top)
    for (let i = first; i < end; i++) {
      const line = lines[i]
      view.line([seen.left, (i + 1) * rowHeight - 0.5, across.right, (i + 1) * rowHeight - 0.5], { color: ink['line-2'] })
      if (line?.kind === 'row') project(view, ink, chart, seen, line.row, (i + 0.5) * rowHeight + 2)
    }
    todayLine(view, ink, xOf(scale, chart.today), seen.top, bottom - seen.top)
  })
  months(shifted(pen, -seen.left, 0), ink, across, head)
  const today = xOf(scale, chart.today) - seen.left
  if (today > -30 && today < seen.width + 30) todayFlag(pen, ink, today, seen.todayWords)
}

/** When it was or will be reached; what has not been reached lies not before today, whatever was promised. */
function reached(m: Mark | undefined, today: Day): Day | null {
  if (!m) return null
  return m.actual ?? m.forecast ?? (m.planned === null ? null : Math.max(m.planned, today))
}

export function project(pen: Pen, ink: Ink, chart: PortfolioChart, seen: PortfolioSeen, row: PortfolioRow, y: number): void {
  const { scale, today } = chart
  const x = (day: Day) => xOf(scale, day)
  const of = (key: string) => reached(row.marks.find((m) => m.key === key), today)
  const start = of('start')
  const built = of('completion') ?? of('production')
  const full = of('capacity')
  const last = full ?? built ?? start
  if (last === null) return
  const part = (from: Day, until: Day, color: string) => {
    const left = Math.max(seen.left - 20, x(from))
    const right = Math.min(seen.left + seen.width + 20, x(until))
    if (right > left) pen.rect(left, y - BAR / 2, right - left, BAR, color)
  }
  // When preparation began the list does not tell: it comes from beyond the edge.
  if (start !== null) part(scale.origin, start, ink['bar-plan'])
  if (start !== null && built !== null) {
    part(start, Math.min(Math.max(today, start), built), ink['bar-done'])
    part(Math.max(start, Math.min(today, built)), built, ink['bar-left'])
  }
  if (built !== null && full !== null) rampUp(pen, ink, Math.max(x(built), seen.left - 20), Math.min(x(full), seen.left + seen.width + 20), y)
  for (const m of row.marks) slip(pen, ink, scale, m, y)
  for (const m of row.marks) diamonds(pen, ink, scale, m, y)
  offEdge(pen, ink, chart, seen, row, last, y)
}

function rampUp(pen: Pen, ink: Ink, left: number, right: number, y: number): void {
  if (right > left) pen.hatch(left, y - BAR / 2, right - left, BAR, ink['bar-left'], ink.sheet)
}

/** The bracket above: from what was planned to what is or will be. */
function slip(pen: Pen, ink: Ink, scale: Scale, m: Mark, y: number): void {
  if (m.planned === null || m.late === null || m.late <= 0 || m.actual !== null) return
  const [from, to] = [xOf(scale, m.planned), xOf(scale, m.planned + m.late)]
  if (to - from < 3) return
  const color = m.late >= MUCH ? ink.red : ink['ink-3']
  pen.line([from, y - DIAMOND - 1, from, y - 10, to, y - 10, to, y - DIAMOND - 1], { color, width: m.late >= MUCH ? 1.5 : 1 })
}

function diamonds(pen: Pen, ink: Ink, scale: Scale, m: Mark, y: number): void {
  if (m.planned !== null && m.actual === null && m.late !== 0) pen.diamond(xOf(scale, m.planned), y, DIAMOND, ink.sheet, { color: ink['ink-2'], width: 1.2 })
  if (m.actual !== null) pen.diamond(xOf(scale, m.actual), y, DIAMOND, ink.ink, { color: ink.sheet })
  else if (m.forecast !== null) pen.diamond(xOf(scale, m.forecast), y, DIAMOND, (m.late ?? 0) >= MUCH ? ink.red : ink['blue-2'], { color: ink.sheet })
}

/** What lies beyond the right edge is named there. */
function offEdge(pen: Pen, ink: Ink, { scale, today }: PortfolioChart, seen: PortfolioSeen, row: PortfolioRow, last: Day, y: number): void {
  const edge = seen.left + seen.width
  if (xOf(scale, last) <= edge) return
  const mark = row.marks.findLast((m) => reached(m, today) === last)
  pen.text(edge - 2, y, `${mark ? seen.nameOf(mark.key) : ''} ${isoOf(last).slice(2, 7)} ›`, { color: ink['ink-2'], size: 11, align: 'right', ground: ink.sheet })
}
