/** Months above, shaded days and lines below them, and today. */
import type { Lang } from '../../../shared/words'
import type { Span } from './day'
import type { Ink } from './ink'
import { spanFrom } from './offDays'
import type { Pen } from './pen'
import { dayAt, type Head, headOf, type Scale, xOf, zoomOf } from './scale'

export const HEAD = 46
const MAJOR_Y = 13
const MINOR_Y = 34

export interface Across {
  scale: Scale
  left: number
  right: number
}

export const headFor = ({ scale, left, right }: Across, lang: Lang): Head => headOf(zoomOf(scale.pixels), dayAt(scale, left), dayAt(scale, right), lang, scale.pixels)

/** Days off as bands, where they are wide enough to be seen. */
export function bands(pen: Pen, ink: Ink, across: Across, spans: readonly Span[], top: number, height: number): void {
  const { scale, left, right } = across
  const last = dayAt(scale, right)
  for (let i = spanFrom(spans, dayAt(scale, left)); i < spans.length; i++) {
    const span = spans[i]
    if (!span || span.from > last) return
    const width = (span.until - span.from + 1) * scale.pixels
    if (width >= 3.4) pen.rect(xOf(scale, span.from), top, width, height, span.until - span.from > 1 || width > 12 ? ink.sunk : ink.ground)
  }
}

export function uprights(pen: Pen, ink: Ink, scale: Scale, head: Head, top: number, height: number): void {
  for (const tick of head.minor) pen.line([xOf(scale, tick.day), top, xOf(scale, tick.day), top + height], { color: ink['line-2'] })
  for (const tick of head.major) pen.line([xOf(scale, tick.day), top, xOf(scale, tick.day), top + height], { color: ink.line })
}

/** The head's words; a block that begins left of the view keeps its word in view. */
export function months(pen: Pen, ink: Ink, across: Across, head: Head, top = 0): void {
  const { scale, left, right } = across
  pen.rect(left, top, right - left, HEAD, ink.sheet)
  for (const tick of head.major) {
    const from = xOf(scale, tick.day)
    pen.line([from, top + 4, from, top + HEAD], { color: ink.line })
    sticky(pen, ink.ink, tick.label, from, xOf(scale, tick.end), left, top + MAJOR_Y, true)
  }
  for (const tick of head.minor) {
    const from = xOf(scale, tick.day)
    const to = xOf(scale, tick.end)
    pen.line([from, top + HEAD - 22, from, top + HEAD], { color: ink['line-2'] })
    if (to - from > 44) sticky(pen, ink['ink-2'], tick.label, from, to, left, top + MINOR_Y, false)
    else if (pen.measure(tick.label) + 3 <= to - from) pen.text((from + to) / 2, top + MINOR_Y, tick.label, { color: ink['ink-2'], align: 'center' })
  }
  pen.line([left, top + HEAD - 0.5, right, top + HEAD - 0.5], { color: ink.line })
}

function sticky(pen: Pen, color: string, words: string, from: number, to: number, edge: number, y: number, bold: boolean): void {
  const x = Math.max(from + 5, edge + 5)
  if (x + pen.measure(words, 12, bold) + 4 <= to) pen.text(x, y, words, { color, bold })
}

/** The flag of today, at the foot of the months. */
export function todayFlag(pen: Pen, ink: Ink, x: number, words: string, top = 0): void {
  const width = pen.measure(words, 12, true) + 12
  pen.rect(x - width / 2, top + 2, width, 19, ink.blue)
  pen.text(x, top + 11.5, words, { color: ink.sheet, bold: true, align: 'center' })
}

export const todayLine = (pen: Pen, ink: Ink, x: number, top: number, height: number): void => pen.line([x, top, x, top + height], { color: ink.blue, width: 1.5 })
