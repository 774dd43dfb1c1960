// The mapping as the user is editing it, and what still stands against it.
import type { ImportState, MappingChoice } from './types'
import type { Words } from './words'

export type ColumnDraft = { index: number; field: string | null; unit: string | null; letter: string }

export type MappingDraft = {
  sheet: number
  header: [number, number]
  columns: ColumnDraft[]
  list: { kind: string; year: number } | null
  year: number
  stageDefault: string | null
  touched: boolean
}

export function draftOf(state: ImportState): MappingDraft {
  return {
    sheet: state.sheet,
    header: [state.header.first, state.header.last],
    columns: state.columns.map(({ index, field, unit, letter }) => ({ index, field, unit, letter })),
    list: state.list,
    year: state.year,
    stageDefault: state.stage_default ?? null,
    touched: false,
  }
}

export function choiceOf(draft: MappingDraft): MappingChoice {
  return {
    sheet: null,
    header_rows: draft.header,
    columns: draft.columns.map(({ index, field, unit }) => ({ index, field, unit })),
    list: draft.list,
    no_list: draft.list === null,
    stage_default: draft.stageDefault,
    year: draft.year,
  }
}

/** Why the mapping cannot be used yet: two columns for one field, or no name. */
export function faultsOf(draft: MappingDraft, label: (field: string) => string, w: Words): string[] {
  const letters = new Map<string, string[]>()
  for (const { field, letter } of draft.columns) if (field && field !== 'seq') letters.set(field, [...(letters.get(field) ?? []), letter])
  const faults = [...letters].filter(([, at]) => at.length > 1).map(([field, at]) => w.twice(label(field), at.join('、')))
  if (!letters.has('name')) faults.push(w.noName)
  return faults
}

export const listKey = (list: { kind: string } | null) => list?.kind ?? ''
export const listOfKey = (kind: string, year: number) => (kind ? { kind, year } : null)

/** A clicked row joins the headings next to it, leaves them at an edge, or becomes the only one. */
export function pickHeader([first, last]: [number, number], row: number): [number, number] {
  if (row === first - 1) return [row, last]
  if (row === last + 1) return [first, row]
  if (first !== last && row === last) return [first, last - 1]
  if (first !== last && row === first) return [first + 1, last]
  return [row, row]
}
