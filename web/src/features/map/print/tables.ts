/** The tables of the sheet: nodes, problems, signatures, and the foot that says of which moment it is. */
import { isoOf } from '../canvas/day'
import { isLate, type MapRow } from '../canvas/model'
import { type Area, type Context, cut, FRAME, frame, numberOf } from './paper'
import type { KeyOf } from './words'

const HEAD = 26

/** Rows `first` to `first + count` in three columns. */
export function nodeTable(c: Context, area: Area, first: number, count: number): void {
  const { pen, ink } = c
  const lines = Math.max(1, Math.ceil(count / 3))
  const width = (area.right - area.left) / 3
  const pitch = Math.min(22, (area.bottom - area.top - HEAD) / lines)
  for (let column = 0; column < 3; column++) {
    const left = area.left + column * width
    if (column > 0) pen.line([left, area.top, left, area.bottom], { color: ink.ink })
    columnHead(c, left, width, area.top + HEAD / 2)
    c.rows.slice(first + column * lines, Math.min(first + count, first + (column + 1) * lines)).forEach((row, i) => {
      const y = area.top + HEAD + (i + 0.5) * pitch
      nodeRow(c, row, first + column * lines + i, left, width, y, pitch)
      pen.line([left, y + pitch / 2, left + width, y + pitch / 2], { color: ink['line-2'], width: 0.7 })
    })
  }
  pen.line([area.left, area.top + HEAD, area.right, area.top + HEAD], { color: ink.ink, width: 0.8 })
}

/** Where the columns stand, from the right: state, actual, due, who. */
const at = (left: number, width: number) => ({ number: left + 10, name: left + 40, who: left + width * 0.43, planned: left + width - 128, actual: left + width - 62, state: left + width - 54 })

function columnHead({ pen, ink, t }: Context, left: number, width: number, y: number): void {
  const x = at(left, width)
  const type = { color: ink['ink-3'], size: 11 }
  pen.text(x.number, y, t('sheet.number'), type)
  pen.text(x.name, y, t('sheet.node'), type)
  pen.text(x.who, y, t('sheet.who'), type)
  pen.text(x.planned, y, t('sheet.planned'), { ...type, align: 'right' })
  pen.text(x.actual, y, cut(pen, t('sheet.actual'), 62, 11), { ...type, align: 'right' })
  pen.text(x.state, y, t('sheet.state'), type)
}

function nodeRow(c: Context, row: MapRow, place: number, left: number, width: number, y: number, pitch: number): void {
  const { pen, ink } = c
  const size = Math.min(12, pitch * 0.72)
  const x = at(left, width)
  const drives = c.path.has(row.id)
  const done = row.state === 'done'
  const color = done ? ink['ink-2'] : ink.ink
  const bold = drives || row.milestones.length > 0
  const number = numberOf(place)
  if (drives) pen.rect(x.number - 3, y - size * 0.68, pen.measure(number, size, true) + 6, size * 1.36, ink.ink)
  pen.text(x.number, y, number, { color: drives ? ink.sheet : ink['ink-2'], bold: drives, size })
  pen.text(x.name, y, cut(pen, row.name, x.who - x.name - 6, size, bold), { color, bold, size })
  pen.text(x.who, y, cut(pen, row.owner, x.planned - 52 - x.who, size), { color: ink['ink-2'], size })
  pen.text(x.planned, y, row.planned === null ? '—' : isoOf(row.planned).slice(2), { color: ink['ink-2'], size, align: 'right' })
  pen.text(x.actual, y, isoOf(row.finish).slice(2), { color, size, align: 'right', bold: !done && isLate(row) })
  stateOf(c, row, x.state, y, size)
}

/** Overdue is a square and a word, so that it is read without colour. */
function stateOf({ pen, ink, t }: Context, row: MapRow, x: number, y: number, size: number): void {
  const over = row.limit?.overdue ?? 0
  if (over > 0 && row.state !== 'done') {
    pen.rect(x, y - size * 0.35, size * 0.7, size * 0.7, ink.red)
    return pen.text(x + size, y, t('sheet.over', { n: over }), { color: ink.red, size })
  }
  pen.text(x, y, t(`state.${row.state}` as KeyOf), { color: ink['ink-2'], size })
}

/** Problems, signatures and what the sheet is. */
export function problemsBox(c: Context, area: Area, page: number): void {
  const { pen, ink, t, sheet } = c
  const sign = area.left + 730
  const title = area.right - 300
  pen.text(area.left + 12, area.top + 16, t('sheet.problems', { n: sheet.problems.length }), { color: ink.ink, bold: true, size: 13 })
  pen.text(area.left + 90, area.top + 16, t('sheet.problemsNote'), { color: ink['ink-3'], size: 11 })
  const shown = sheet.problems.slice(0, 4)
  if (shown.length === 0) pen.text(area.left + 12, area.top + 42, t('sheet.noProblems'), { color: ink['ink-3'] })
  shown.forEach((p, i) => {
    const y = area.top + 40 + i * 20
    pen.text(area.left + 12, y, `${i + 1}`, { color: ink['ink-2'] })
    pen.text(area.left + 32, y, cut(pen, p.what, 270), { color: ink.ink })
    pen.text(area.left + 312, y, cut(pen, p.who, 130), { color: ink['ink-2'] })
    pen.text(area.left + 452, y, p.due, { color: ink.ink })
    pen.text(area.left + 530, y, cut(pen, p.ask, 190), { color: ink['ink-2'] })
  })
  pen.line([sign, area.top, sign, area.bottom], { color: ink.ink })
  pen.line([title, area.top, title, area.bottom], { color: ink.ink })
  signatures(c, { ...area, left: sign, right: title })
  foot(c, { ...area, left: title }, page)
}

function signatures({ pen, ink, t, sheet }: Context, area: Area): void {
  pen.text(area.left + 12, area.top + 16, t('sheet.sign'), { color: ink.ink, bold: true, size: 13 })
  const width = (area.right - area.left) / 2
  const height = (area.bottom - area.top - 28) / 2
  pen.line([area.left, area.top + 28, area.right, area.top + 28], { color: ink.line })
  sheet.signatures.slice(0, 4).forEach((name, i) => {
    const x = area.left + (i % 2) * width
    const y = area.top + 28 + Math.floor(i / 2) * height
    pen.box(x, y, width, height, { color: ink.line, width: 0.8 })
    pen.text(x + 12, y + 14, name, { color: ink['ink-2'], size: 11 })
    pen.text(x + width - 12, y + height - 12, t('sheet.date'), { color: ink['ink-3'], size: 11, align: 'right' })
  })
}

/** Version, moment of computation, number in the journal, page. */
export function foot({ pen, ink, t, sheet, pages }: Context, area: Area, page: number): void {
  const lines = [t('sheet.version', { n: sheet.version }), t('sheet.computed', { at: sheet.computed }), t('sheet.feed', { n: sheet.feed }), t('sheet.by', { name: sheet.by }), t('sheet.page', { n: page, all: pages })]
  const pitch = (area.bottom - area.top) / lines.length
  lines.forEach((line, i) => {
    if (i > 0) pen.line([area.left, area.top + i * pitch, area.right, area.top + i * pitch], { color: ink['line-2'] })
    pen.text(area.left + 12, area.top + (i + 0.5) * pitch, line, { color: ink.ink, size: 11 })
  })
}

/** A page of nodes that had no room on the first. */
export function restOfNodes(c: Context, first: number, most: number, page: number): void {
  const { pen, ink, sheet, t } = c
  const { left, top, right, bottom } = FRAME
  frame(c)
  pen.text(left + 16, top + 26, `${sheet.name} · ${t('sheet.rest')}`, { color: ink.ink, bold: true, size: 18 })
  pen.line([left, top + 50, right, top + 50], { color: ink.ink, width: 1.2 })
  nodeTable(c, { left, top: top + 50, right, bottom: bottom - 110 }, first, Math.min(most, c.rows.length - first))
  pen.line([left, bottom - 110, right, bottom - 110], { color: ink.ink, width: 1.2 })
  foot(c, { left: right - 300, top: bottom - 110, right, bottom }, page)
}
