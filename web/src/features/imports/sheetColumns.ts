// How wide the sheet's columns stand and what is said above their letters.
import { isArea, isMoney, type Register } from './readAs'
import type { SheetColumn } from './Sheet'
import type { ImportColumn, ImportRow } from './types'
import type { Words } from './words'

const NARROWEST = 40
const WIDEST = 240
/** Room for a finding's number in front of a cell's text. */
const BADGE = 22
const PERIODS = new Set(['start_planned', 'finish_planned', 'operate_planned', 'ramp_planned', 'ceremony_on', 'permit_on', 'started_on', 'completed_on', 'operating_on', 'ramped_on', 'pool_entry_on', 'stat_entry_on'])
const REGISTERED = new Set(['division', 'platform', 'industry', 'nature', 'procedure', 'holding', 'stage', 'status', 'level'])

/** Pixels that a text takes at 12 px: a Chinese character is twice as wide as a digit. */
function textWidth(text: string): number {
  let width = 0
  for (const char of text) width += char.charCodeAt(0) > 0x2e7f ? 12 : /[A-Z—]/.test(char) ? 8 : /[-.,/ ]/.test(char) ? 4.6 : 6.9
  return width
}

export function sheetColumns(columns: readonly ImportColumn[], register: Register, w: Words, firstRows: readonly ImportRow[] = [], marked: ReadonlySet<{ column: number }> = new Set()): SheetColumn[] {
  const badged = new Set([...marked].map((at) => at.column))
  return columns.map((c) => {
    const skipped = !c.field || c.field === 'seq'
    const title = skipped ? null : register.label(c.field!)
    const note = skipped ? '' : noteOf(c, w)
    const heading = c.heading.split('/').at(-1)?.trim() ?? ''
    const cells = firstRows.filter((r) => r.kind === 'data').map((r) => r.cells[c.index] ?? '')
    const texts = [...c.samples, ...cells, heading, title ?? '', note].map(textWidth)
    return {
      index: c.index,
      letter: c.letter,
      title,
      note,
      width: Math.round(Math.min(WIDEST, Math.max(NARROWEST, ...texts.map((t) => t + 14 + (badged.has(c.index) ? BADGE : 0))))),
      align: isMoney(c.field) || isArea(c.field) ? 'right' : skipped || PERIODS.has(c.field ?? '') || c.field?.startsWith('formality:') ? 'center' : 'left',
    }
  })
}

function noteOf(c: ImportColumn, w: Words): string {
  const field = c.field!
  if (c.unit) return c.unit
  if (field === 'code') return w.byCode
  if (field === 'owner_uscc') return w.checkLast
  if (PERIODS.has(field)) return w.toPeriod
  if (REGISTERED.has(field) || field.startsWith('role:')) return w.againstRegister
  return w.asWritten
}
