/** What really differs between two values of a journal entry: of a list or a table of figures, only the entries that changed. */

export interface Difference {
  before: unknown
  after: unknown
}

/** Tables of like figures; other objects (an owner, a stage with its status) are one value and stay whole. */
const TABLES = new Set(['ytd_done', 'extra'])

export function difference(field: string, before: unknown, after: unknown): Difference {
  if (isList(before) && isList(after)) {
    const was = new Set(before.map(text))
    const is = new Set(after.map(text))
    return { before: before.filter((v) => !is.has(text(v))), after: after.filter((v) => !was.has(text(v))) }
  }
  if (TABLES.has(field) && isTable(before) && isTable(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((k) => text(before[k]) !== text(after[k]))
    return { before: pick(before, keys), after: pick(after, keys) }
  }
  return { before, after }
}

const text = (value: unknown) => JSON.stringify(value)
const isList = (value: unknown): value is unknown[] => Array.isArray(value)
const isTable = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const pick = (table: Record<string, unknown>, keys: string[]) => Object.fromEntries(keys.flatMap((k) => (k in table ? [[k, table[k]]] : [])))
