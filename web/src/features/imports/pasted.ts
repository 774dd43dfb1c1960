// A block copied from a spreadsheet becomes a small CSV file, so that pasting and uploading are one way.

/** The clipboard's tab-separated text as a file; null when it is no table. */
export function pastedFile(text: string, name: string): File | null {
  if (!text.includes('\t')) return null
  return new File([tabsToCsv(text)], name, { type: 'text/csv' })
}

/** Tab-separated text, with quoted cells that hold line breaks, as CSV. */
export function tabsToCsv(text: string): string {
  const rows: string[][] = [[]]
  let cell = ''
  let quoted = false
  const end = () => {
    rows.at(-1)!.push(cell)
    cell = ''
  }
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!
    if (quoted) {
      if (char !== '"') cell += char
      else if (text[i + 1] === '"') cell += text[++i]
      else quoted = false
    } else if (char === '"' && cell === '') quoted = true
    else if (char === '\t') end()
    else if (char === '\n') {
      end()
      rows.push([])
    } else if (char !== '\r') cell += char
  }
  if (cell !== '' || rows.at(-1)!.length > 0) end()
  else rows.pop()
  return rows.map((row) => row.map((c) => (/[",\n]/.test(c) ? `"${c.replaceAll('"', '""')}"` : c)).join(',')).join('\r\n') + '\r\n'
}
