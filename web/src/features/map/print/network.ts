/**
 * A project's network as offices hang it on the wall: A3, lanes by who answers, the table of nodes, duties, signatures.
 *
 * The driving path is marked three ways, so that it survives a photocopy: a thick edge and thick links, a number on dark, and red.
 */
import { isoOf } from '../canvas/day'
import { bands, headFor } from '../canvas/head'
import { route } from '../canvas/links'
import * as mark from '../canvas/marks'
import { type MapModel, type MapRow, pathOf, rowsOf } from '../canvas/model'
import type { Pen } from '../canvas/pen'
import { type Scale, xOf } from '../canvas/scale'
import { arrow } from '../canvas/chart'
import { SvgPen } from '../canvas/svgPen'
import { type Item, type Lane, lanesOf } from './lanes'
import { type Area, type Context, cut, FRAME, frame, type Job, numberOf } from './paper'
import { PAPER, UNITS } from './sheet'
import { nodeTable, problemsBox, restOfNodes } from './tables'
import { heading } from './heading'

const HEADING = 92
const FOOT = 118
const DUTIES = 236
const LANE = 108
const MONTHS = 30
const MOST_ON_FIRST = 99
const MOST_ON_REST = 180

/** Each page as an SVG of its own. */
export function networkPages(job: Job): string[] {
  const rows = rowsOf(job.model)
  const rest = rows.slice(MOST_ON_FIRST)
  const pages = 1 + Math.ceil(rest.length / MOST_ON_REST)
  const context = (pen: Pen): Context => ({ ...job, pen, path: pathOf(job.model, job.target), rows, milestones: new Map(job.model.milestones.map((m) => [m.row, m])), pages })
  return Array.from({ length: pages }, (_, page) => {
    const pen = new SvgPen(job.ink['font-num'], job.wide)
    pen.rect(0, 0, PAPER.a3.width * UNITS, PAPER.a3.height * UNITS, job.ink.sheet)
    if (page === 0) firstPage(context(pen))
    else restOfNodes(context(pen), MOST_ON_FIRST + (page - 1) * MOST_ON_REST, MOST_ON_REST, page + 1)
    return pen.picture(PAPER.a3.width * UNITS, PAPER.a3.height * UNITS, PAPER.a3, `${job.sheet.name} ${job.sheet.form} ${page + 1}/${pages}`)
  })
}

function firstPage(c: Context): void {
  const { pen, ink } = c
  const { left, top, right, bottom } = FRAME
  const shown = Math.min(c.rows.length, MOST_ON_FIRST)
  const lines = Math.ceil(shown / 3)
  const tableHeight = Math.min(430, 26 + lines * 22)
  const tableTop = bottom - FOOT - tableHeight
  frame(c)
  heading(c, { left, top, right, bottom: top + HEADING })
  duties(c, left, top + HEADING, tableTop)
  chart(c, { left: left + DUTIES, top: top + HEADING, right, bottom: tableTop })
  nodeTable(c, { left, top: tableTop, right, bottom: bottom - FOOT }, 0, shown)
  problemsBox(c, { left, top: bottom - FOOT, right, bottom }, 1)
  const rule = { color: ink.ink, width: 1.2 }
  for (const y of [top + HEADING, tableTop, bottom - FOOT]) pen.line([left, y, right, y], rule)
  pen.line([left + DUTIES, top + HEADING, left + DUTIES, tableTop], rule)
}

/** Who answers for what, one under the other; below it what the marks mean. */
function duties(c: Context, left: number, top: number, bottom: number): void {
  const { pen, ink, t, sheet } = c
  pen.text(left + 12, top + 18, t('sheet.duties'), { color: ink.ink, bold: true, size: 13 })
  const room = Math.max(1, Math.floor((bottom - top - 32 - 150) / 24))
  sheet.duties.slice(0, room).forEach((duty, i) => {
    const y = top + 44 + i * 24
    pen.text(left + 12, y, duty.role, { color: ink['ink-2'] })
    pen.text(left + 84, y, cut(pen, duty.who || t('sheet.noDuties'), DUTIES - 94), { color: duty.who ? ink.ink : ink['ink-3'], bold: Boolean(duty.who) })
    pen.line([left + 12, y + 12, left + DUTIES - 12, y + 12], { color: ink['line-2'] })
  })
  legend(c, left + 12, bottom - 142)
}

const MARKS = ['done', 'left', 'drive', 'paused', 'base', 'limit', 'plan'] as const

function legend({ pen, ink, t }: Context, x: number, top: number): void {
  const at = (i: number) => top + i * 20
  const say = (i: number, key: (typeof MARKS)[number]) => pen.text(x + 36, at(i), cut(pen, t(`legend.${key}`), DUTIES - 60, 11), { color: ink['ink-2'], size: 11 })
  pen.rect(x, at(0) - 5, 26, 10, ink['bar-done'])
  pen.rect(x, at(1) - 5, 26, 10, ink['bar-left'])
  pen.box(x, at(2) - 5, 26, 10, { color: ink.ink, width: 1.6 }, ink['bar-drive'])
  pen.hatch(x, at(3) - 5, 26, 10, ink['bar-done'], ink.sheet)
  pen.rect(x, at(4) - 1, 26, 3, ink['bar-base'])
  pen.line([x, at(5) + 3, x, at(5) - 3, x + 26, at(5) - 3, x + 26, at(5) + 3], { color: ink['ink-2'] })
  pen.diamond(x + 13, at(6), 6, ink.sheet, { color: ink['ink-3'], width: 1.2 })
  for (const [i, key] of MARKS.entries()) say(i, key)
}

function chart(c: Context, area: Area): void {
  const { pen, ink, model } = c
  const from = area.left + LANE
  const pixels = (area.right - from) / (model.until - model.from + 1)
  // Days are reckoned from the sheet's own edge.
  const scale: Scale = { origin: model.from - from / pixels, pixels }
  const edge = { left: from, right: area.right }
  const top = area.top + MONTHS
  const items = c.rows.map((row, number): Item => itemOf(c, scale, row, number))
  const lanes = lanesOf(items, edge, c.t('sheet.other'))
  const lines = lanes.reduce((sum, l) => sum + l.lines, 0)
  const pitch = Math.min(40, (area.bottom - top) / Math.max(1, lines))
  const across = { scale, left: from, right: area.right }
  bands(pen, ink, across, model.offDays, top, area.bottom - top)
  monthHead(c, across, area)
  const ports = lanesDown(c, lanes, { ...area, left: from, top }, pitch, scale)
  for (const link of model.links) linkOf(c, link, ports, pitch)
  const today = xOf(scale, model.today)
  for (const lane of lanes) for (const item of lane.items) if (!item.row.event) drawBar(c, scale, item, ports.get(item.row.id)?.y ?? 0)
  pen.line([today, top, today, area.bottom], { color: ink.blue, width: 1.6 })
  for (const lane of lanes) for (const item of lane.items) wordsAt(c, scale, item, ports.get(item.row.id)?.y ?? 0, Math.min(11, pitch * 0.72))
  const flag = c.t('sheet.today', { day: isoOf(model.today).slice(5) })
  const wide = pen.measure(flag, 11, true) + 10
  pen.rect(today - wide / 2, area.top + 4, wide, 20, ink.blue)
  pen.text(today, area.top + 14, flag, { color: ink.sheet, bold: true, size: 11, align: 'center' })
}

function itemOf(c: Context, scale: Scale, row: MapRow, number: number): Item {
  const words = `${numberOf(number)} ${row.name} ${row.state === 'done' ? '' : isoOf(row.finish).slice(5)}`.trim()
  return { row, number, words, wide: c.pen.measure(words, 11, true) + 10, marks: mark.extentOf(scale, row, c.milestones.get(row.id), false) }
}

function monthHead({ pen, ink, lang }: Context, across: { scale: Scale; left: number; right: number }, area: Area): void {
  const head = headFor(across, lang)
  for (const tick of head.minor) {
    const x = Math.max(across.left, xOf(across.scale, tick.day))
    const end = xOf(across.scale, tick.end)
    if (x > across.left) pen.line([x, area.top + MONTHS, x, area.bottom], { color: ink.line, width: 0.6 })
    const begins = head.major.find((m) => m.day === tick.day)
    const words = begins ? begins.label : tick.label
    if (pen.measure(words, 11, Boolean(begins)) + 6 < end - x) pen.text(x + 4, area.top + MONTHS / 2, words, { color: ink['ink-2'], size: 11, bold: Boolean(begins) })
  }
  pen.line([area.left, area.top + MONTHS, area.right, area.top + MONTHS], { color: ink.ink })
}

interface PortAt {
  left: number
  right: number
  y: number
  half: number
}

/** Lanes with their names; where each bar stands. */
function lanesDown(c: Context, lanes: readonly Lane[], area: Area, pitch: number, scale: Scale): Map<string, PortAt> {
  const { pen, ink } = c
  const ports = new Map<string, PortAt>()
  const left = area.left - LANE
  pen.text(left + 8, area.top - MONTHS / 2, c.t('sheet.lanes'), { color: ink['ink-2'], size: 11 })
  pen.line([area.left, area.top - MONTHS, area.left, area.bottom], { color: ink['ink-3'] })
  let y = area.top
  lanes.forEach((lane, i) => {
    const height = lane.lines * pitch
    if (i > 0) pen.line([left, y, area.right, y], { color: ink['ink-3'], width: 0.8 })
    pen.text(left + 8, y + Math.min(height / 2, 18), cut(pen, lane.owner, LANE - 14, 11, true), { color: ink.ink, bold: true, size: Math.min(11, pitch * 0.72) })
    for (const { row, line } of lane.items) {
      const bar = mark.barOf(scale, row)
      ports.set(row.id, { ...bar, y: y + (line + 0.5) * pitch, half: row.event ? mark.DIAMOND : mark.HALF })
    }
    y += height
  })
  return ports
}

function linkOf(c: Context, link: MapModel['links'][number], ports: ReadonlyMap<string, PortAt>, pitch: number): void {
  const [from, to] = [ports.get(link.from), ports.get(link.to)]
  if (!from || !to) return
  const points = route(from, to, link.ends, pitch)
  const drives = link.driving && c.path.has(link.from) && c.path.has(link.to)
  c.pen.line(points, drives ? { color: c.ink['bar-drive'], width: 2 } : { color: c.ink['ink-3'], width: 0.4 })
  if (drives) arrow(c.pen, points, c.ink['bar-drive'])
}

function drawBar(c: Context, scale: Scale, { row }: Item, y: number): void {
  const { pen, ink } = c
  const drives = c.path.has(row.id)
  mark.ghost(pen, ink, scale, row, y)
  mark.bar(pen, ink, scale, row, y, c.model.today, drives)
  mark.bracket(pen, ink, scale, row, y)
  const { left, right } = mark.barOf(scale, row)
  if (drives) pen.box(left, y - mark.HALF, right - left, mark.BAR, { color: ink.ink, width: 1.6 })
}

function wordsAt(c: Context, scale: Scale, item: Lane['items'][number], y: number, size: number): void {
  const { pen, ink } = c
  const { row } = item
  const drives = c.path.has(row.id)
  const m = c.milestones.get(row.id)
  if (row.event || m) mark.milestone(pen, ink, scale, row, m, y, drives)
  const number = numberOf(item.number)
  const rest = item.words.slice(number.length)
  const bold = drives || Boolean(m)
  const wide = pen.measure(number, size, true) + 8
  const left = item.align === 'left' ? item.x : item.x - wide - pen.measure(rest, size, bold)
  if (drives) pen.rect(left, y - size * 0.66, wide - 3, size * 1.32, ink.ink)
  pen.text(left + 2.5, y, number, { color: drives ? ink.sheet : ink['ink-2'], bold: true, size, ...(drives ? {} : { ground: ink.sheet }) })
  pen.text(left + wide, y, rest, { color: drives ? ink.ink : ink['ink-2'], bold, size, ground: ink.sheet })
}
