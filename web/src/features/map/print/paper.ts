/** What every part of a sheet draws with. */
import type { Lang } from '../../../shared/words'
import type { Ink } from '../canvas/ink'
import type { MapMilestone, MapModel, MapRow } from '../canvas/model'
import type { Pen } from '../canvas/pen'
import type { PrintSheet } from './sheet'
import type { T } from './words'

export interface Job {
  model: MapModel
  sheet: PrintSheet
  target: string | null
  ink: Ink
  lang: Lang
  t: T
  /** How wide words are in the page's font. */
  wide?: (words: string, size: number, bold: boolean) => number
}

export const FRAME = { left: 60, top: 24, right: 1563, bottom: 1098 }

export interface Context extends Job {
  pen: Pen
  path: ReadonlySet<string>
  rows: readonly MapRow[]
  milestones: ReadonlyMap<string, MapMilestone>
  pages: number
}

export interface Area {
  left: number
  top: number
  right: number
  bottom: number
}

/** Words cut to a width, with a mark that they were. */
export function cut(pen: Pen, words: string, width: number, size = 12, bold = false): string {
  if (pen.measure(words, size, bold) <= width) return words
  let kept = words
  while (kept && pen.measure(`${kept}…`, size, bold) > width) kept = kept.slice(0, -1)
  return `${kept}…`
}

export const numberOf = (place: number): string => String(place).padStart(2, '0')

export function frame({ pen, ink, t }: Context): void {
  const { left, top, right, bottom } = FRAME
  pen.box(left, top, right - left, bottom - top, { color: ink.ink, width: 2 })
  for (const [i, c] of [...t('sheet.bind')].slice(0, 4).entries()) pen.text(28, 540 + i * 22, c, { color: ink['ink-3'], align: 'center', size: 11 })
}
