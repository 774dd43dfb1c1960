/** Blocks of cells as spreadsheets put them on the clipboard: tab-separated, quoted where a cell holds a tab, line or quote. */

export type Block = string[][]

/** Reads a block. Ragged rows are filled to the widest; the line break that Excel appends is not a row. */
export function parseBlock(text: string): Block {
  if (text === '') return []
  const rows: Block = []
  let row: string[] = []
  let at = 0
  const source = text.replace(/\r\n?/g, '\n')
  while (at <= source.length) {
    const [cell, next] = readCell(source, at)
    row.push(cell)
    const stop = source[next]
    at = next + 1
    if (stop === '\t') continue
    rows.push(row)
    row = []
    if (stop === undefined || at === source.length) break
  }
  const width = Math.max(...rows.map((r) => r.length))
  return rows.map((r) => [...r, ...Array<string>(width - r.length).fill('')])
}

/** One cell from `start`, and the index of the tab, line break or end that closes it. */
function readCell(source: string, start: number): [string, number] {
  if (source[start] === '"') {
    const quoted = readQuoted(source, start)
    if (quoted) return quoted
  }
  let end = start
  while (end < source.length && source[end] !== '\t' && source[end] !== '\n') end++
  return [source.slice(start, end), end]
}

/** A quoted cell, or `null` when the quote is only a character of the text (it does not close before a separator). */
function readQuoted(source: string, start: number): [string, number] | null {
  let cell = ''
  for (let i = start + 1; i < source.length; i++) {
    if (source[i] !== '"') {
      cell += source[i]
    } else if (source[i + 1] === '"') {
      cell += '"'
      i++
    } else {
      const after = source[i + 1]
      return after === undefined || after === '\t' || after === '\n' ? [cell, i + 1] : null
    }
  }
  return null
}

/** Writes a block for pasting into a spreadsheet. A cell that would be read as a formula is kept as text. */
export function writeBlock(block: Block): string {
  return block.map((row) => row.map(writeCell).join('\t')).join('\n')
}

function writeCell(cell: string): string {
  const safe = /^[=+@]|^-(?![\d.])/.test(cell) && cell.length > 1 ? `'${cell}` : cell
  return /["\t\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe
}

/** A block repeated to fill a selection, as spreadsheets do when the selection is a whole multiple of it. */
export function tile(block: Block, rows: number, columns: number): Block {
  const height = block.length
  const width = block[0]?.length ?? 0
  if (!height || !width || rows % height || columns % width || (rows <= height && columns <= width)) return block
  return Array.from({ length: Math.max(rows, height) }, (_, r) =>
    Array.from({ length: Math.max(columns, width) }, (_, c) => block[r % height]?.[c % width] ?? ''),
  )
}
