// What the import API sends and takes.
export type ImportOutcome = 'add' | 'change' | 'unchanged' | 'blocked' | null
export type ImportKind = 'title' | 'header' | 'group' | 'subtotal' | 'note' | 'data' | 'blank'
export type Severity = 'block' | 'warn' | 'info'
export type MappingFrom = 'remembered' | 'template' | 'proposed' | 'chosen'

export type ImportRun = { from: number; to: number; kind: ImportKind; outcome: ImportOutcome }

export type ImportColumn = {
  index: number
  letter: string
  heading: string
  field: string | null
  /** A unit's word: 亿元, 万元, 亩. */
  unit: string | null
  confidence: number
  samples: string[]
}

export type ImportProblem = {
  sheet: string
  cell: string
  severity: Severity
  code: string
  title: string
  remedy: string
  values?: Record<string, string>
}

export type ImportCounts = { rows: number; adds: number; changes: number; unchanged: number; blocked: number }
export type ListKey = { kind: string; year: number }

export type ImportLine = {
  id: string
  file: string
  size: number
  created: string
  by: string
  state: 'open' | 'committed' | 'cancelled'
  committed_feed: number | null
}

export type ImportState = ImportLine & {
  sheets: { name: string; rows: number; columns: number; hidden?: boolean }[]
  /** Which of `sheets`. */
  sheet: number
  header: { first: number; last: number; titles: string[] }
  columns: ImportColumn[]
  mapping_from: MappingFrom
  list: ListKey | null
  year: number
  stage_default?: string | null
  counts: ImportCounts
  problems: ImportProblem[]
  runs?: ImportRun[]
}

export type FieldChange = { field: string; column: number | null; before: unknown; after: unknown }

export type ImportRow = {
  row: number
  kind: ImportKind
  cells: string[]
  outcome: ImportOutcome
  project: { id: string; name: string } | null
  changes: FieldChange[]
  /** What cells were read as, and on what grounds. */
  readings?: { column: number; field: string; value: unknown; grounds: string[] }[]
}

export type ImportRows = { total?: number; rows: ImportRow[] }

export type MappingChoice = {
  /** Null: the sheet it is. A sheet named here is read from the start, its columns proposed anew. */
  sheet: number | null
  /** Null: found anew. */
  header_rows: [number, number] | null
  /** Empty: proposed anew. */
  columns: { index: number; field: string | null; unit: string | null }[]
  list: ListKey | null
  no_list: boolean
  stage_default: string | null
  year: number
}

export type Committed = { feed: number | null; adds: number; changes: number }
export type Undone = { feed: number; undone: number }
