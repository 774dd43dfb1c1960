/** The map of all projects on A0: a table and a bar for each, as many sheets as they take. */
import type { Lang } from '../../../shared/words'
import type { Day } from '../canvas/day'
import { HEAD } from '../canvas/head'
import type { Ink } from '../canvas/ink'
import type { Pen } from '../canvas/pen'
import { shifted } from '../canvas/shifted'
import { SvgPen } from '../canvas/svgPen'
import { cut } from '../print/paper'
import { PAPER } from '../print/sheet'
import { drawPortfolio, type PortfolioChart } from './chart'
import { MUCH, type PortfolioLight, type PortfolioLine, type PortfolioRow, spanOf } from './portfolio'

/** Units across and down; a row is a little over eight millimetres high. */
const WIDTH = 2940
const HEIGHT = (WIDTH * PAPER.a0.height) / PAPER.a0.width
const MARGIN = 40
const TITLE = 78
const FOOT = 44
const ROW = 21
const TABLE = 620
const AT = { name: 8, stage: 262, light: 340, mover: 420, late: TABLE - 12 }

export interface AllJob {
  lines: readonly PortfolioLine[]
  rows: readonly PortfolioRow[]
  today: Day
  ink: Ink
  lang: Lang
  words: {
    title: string
    sum: string
    foot: string
    page: (page: number, all: number) => string
    today: string
    heads: { name: string; stage: string; light: string; mover: string; late: string }
    count: (n: number) => string
    light: (light: PortfolioLight) => string
    stage: (stage: string) => string
    nameOf: (key: string) => string
  }
  wide?: (words: string, size: number, bold: boolean) => number
}

export function allPages(job: AllJob): string[] {
  const room = Math.floor((HEIGHT - 2 * MARGIN - TITLE - HEAD - FOOT) / ROW)
  const count = Math.max(1, Math.ceil(job.lines.length / room))
  return Array.from({ length: count }, (_, page) => {
    const pen = new SvgPen(job.ink['font-num'], job.wide)
    onePage(pen, job, job.lines.slice(page * room, (page + 1) * room), page + 1, count)
    return pen.picture(WIDTH, HEIGHT, PAPER.a0, `${job.words.title} ${page + 1}/${count}`)
  })
}

function onePage(pen: Pen, job: AllJob, lines: readonly PortfolioLine[], page: number, pages: number): void {
  const { ink, words } = job
  const right = WIDTH - MARGIN
  const bottom = HEIGHT - MARGIN
  const top = MARGIN + TITLE
  pen.rect(0, 0, WIDTH, HEIGHT, ink.sheet)
  pen.text(MARGIN + 16, MARGIN + 38, words.title, { color: ink.ink, bold: true, size: 34 })
  pen.text(right - 16, MARGIN + 42, words.sum, { color: ink.ink, bold: true, size: 18, align: 'right' })
  const span = spanOf(job.rows, job.today)
  const width = right - MARGIN - TABLE
  const chart: PortfolioChart = { lines, scale: { origin: span.from, pixels: width / (span.until - span.from + 1) }, rowHeight: ROW, today: job.today, lang: job.lang }
  const seen = { left: 0, top: 0, width, height: bottom - FOOT - top, selected: null, hovered: null, todayWords: words.today, nameOf: words.nameOf }
  drawPortfolio(shifted(pen, MARGIN + TABLE, top), ink, chart, seen)
  heads(pen, job, top)
  lines.forEach((line, i) => lineOf(pen, job, line, top + HEAD + i * ROW))
  pen.line([MARGIN + TABLE, top, MARGIN + TABLE, bottom - FOOT], { color: ink.ink })
  for (const y of [top, bottom - FOOT]) pen.line([MARGIN, y, right, y], { color: ink.ink, width: 1.5 })
  pen.box(MARGIN, MARGIN, right - MARGIN, bottom - MARGIN, { color: ink.ink, width: 3 })
  pen.text(MARGIN + 16, bottom - FOOT / 2, words.foot, { color: ink['ink-2'], size: 15 })
  pen.text(right - 16, bottom - FOOT / 2, words.page(page, pages), { color: ink['ink-2'], size: 15, align: 'right' })
}

function heads(pen: Pen, { ink, words }: AllJob, top: number): void {
  const y = top + HEAD - 12
  for (const key of ['name', 'stage', 'light', 'mover'] as const) pen.text(MARGIN + AT[key], y, words.heads[key], { color: ink['ink-3'] })
  pen.text(MARGIN + AT.late, y, words.heads.late, { color: ink['ink-3'], align: 'right' })
  pen.line([MARGIN, top + HEAD - 0.5, MARGIN + TABLE, top + HEAD - 0.5], { color: ink.ink })
}

function lineOf(pen: Pen, { ink, words }: AllJob, line: PortfolioLine, top: number): void {
  const y = top + ROW / 2
  const x = (key: keyof typeof AT) => MARGIN + AT[key]
  if (line.kind === 'group') {
    pen.rect(MARGIN, top, TABLE, ROW, ink.sunk)
    pen.text(x('name'), y, `${line.group.title}  ${words.count(line.group.rows.length)}`, { color: ink.ink, bold: true, size: 13 })
    return pen.text(x('late'), y, String(line.group.late), { color: ink.ink, bold: true, size: 13, align: 'right' })
  }
  const { row } = line
  const late = row.late ?? 0
  pen.text(x('name'), y, cut(pen, row.name, AT.stage - AT.name - 10), { color: ink.ink })
  pen.text(x('stage'), y, cut(pen, words.stage(row.stage), 72), { color: ink['ink-2'] })
  light(pen, ink, row.light, x('light'), y)
  pen.text(x('light') + 14, y, words.light(row.light), { color: ink['ink-2'] })
  pen.text(x('mover'), y, cut(pen, row.mover || '—', 128), { color: ink['ink-2'] })
  pen.text(x('late'), y, row.late === null ? '—' : String(row.late).replace('-', '−'), { color: late >= MUCH ? ink.red : ink.ink, bold: late >= MUCH, align: 'right' })
  pen.line([MARGIN, top + ROW, MARGIN + TABLE, top + ROW], { color: ink['line-2'] })
}

/** A shape as well as a colour. */
function light(pen: Pen, ink: Ink, color: PortfolioLight, x: number, y: number): void {
  if (color === 'red') pen.rect(x, y - 4, 8, 8, ink.red)
  else if (color === 'amber') pen.shape([x + 4, y - 5, x + 9, y + 4, x - 1, y + 4], ink.amber)
  else if (color === 'green') pen.circle(x + 4, y, 4, ink.green)
  else pen.circle(x + 4, y, 3.2, null, { color: ink['ink-3'], width: 1.4 })
}

