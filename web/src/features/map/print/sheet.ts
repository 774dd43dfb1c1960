/** What stands on the sheet beside the network itself. */

export interface PrintSheet {
  /** 挂图作战图. */
  form: string
  /** List and number, one line. */
  above: string
  name: string
  /** Investment, land, owner: one line. */
  below: string
  light: { color: 'green' | 'amber' | 'red'; words: string } | null
  duties: readonly { role: string; who: string }[]
  problems: readonly { what: string; who: string; due: string; ask: string }[]
  signatures: readonly string[]
  /** The person who printed it. */
  by: string
  version: number
  computed: string
  feed: number
}

export type Paper = 'a3' | 'a0'

/** Size in millimetres, lying. */
export const PAPER: Record<Paper, { width: number; height: number }> = { a3: { width: 420, height: 297 }, a0: { width: 1189, height: 841 } }

/** Units of a drawing to a millimetre: 96 to the inch, on the smaller sheet. */
export const UNITS = 96 / 25.4
