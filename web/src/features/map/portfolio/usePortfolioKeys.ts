/** The keys of the map of all projects. */
import type { PortfolioLine } from './portfolio'

interface Wanted {
  lines: readonly PortfolioLine[]
  cursor: number
  page: number
  onCursor: (line: number) => void
  onFold: (key: string, close?: boolean) => void
  onOpen: (id: string) => void
  onSideways: (by: number) => void
  onZoom: (by: 1 | -1) => void
  onFit: () => void
  onToday: () => void
}

export function usePortfolioKeys(w: Wanted) {
  const line = w.lines[w.cursor]
  const steps: Record<string, number> = { ArrowUp: w.cursor - 1, ArrowDown: w.cursor + 1, PageUp: w.cursor - w.page, PageDown: w.cursor + w.page, Home: 0, End: w.lines.length - 1 }
  const view: Record<string, () => void> = { '+': () => w.onZoom(1), '=': () => w.onZoom(1), '-': () => w.onZoom(-1), '*': w.onFit, '.': w.onToday }

  const sideways = (by: 1 | -1) => (line?.kind === 'group' ? w.onFold(line.group.key, by < 0) : w.onSideways(by))
  const enter = (): void => {
    if (line?.kind === 'group') w.onFold(line.group.key)
    else if (line) w.onOpen(line.row.id)
  }
  return (event: React.KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const to = steps[event.key]
    if (to !== undefined) w.onCursor(Math.max(0, Math.min(w.lines.length - 1, to)))
    else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') sideways(event.key === 'ArrowLeft' ? -1 : 1)
    else if (event.key === 'Enter') enter()
    else if (view[event.key]) view[event.key]?.()
    else return
    event.preventDefault()
  }
}
