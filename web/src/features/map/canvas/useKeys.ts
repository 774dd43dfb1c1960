/** The keys of the table: they walk the rows, move in time, fold, open, and change days. */
import { useRef } from 'react'
import type { Line, Lines } from './lines'
import type { MapEdit, MapRow } from './model'
import type { Say } from './say'
import { keyOf } from './Table'
import type { Edits } from './useEdits'

interface Wanted {
  lines: Lines
  cursor: number
  page: number
  edits: Edits
  t: Say
  onEdit: ((edit: MapEdit) => void | Promise<void>) | undefined
  onCursor: (line: number) => void
  onFold: (key: string, folded?: boolean) => void
  onOpen: (id: string) => void
  onBegin: ((id: string, typed: string | null) => void) | undefined
  onKey: ((event: React.KeyboardEvent, id: string | null) => boolean) | undefined
  onSideways: (by: number) => void
  onZoom: (by: 1 | -1) => void
  onFit: () => void
  onToday: () => void
}

const UP_DOWN: Record<string, (at: number, page: number, last: number) => number> = {
  ArrowUp: (at) => at - 1,
  ArrowDown: (at) => at + 1,
  PageUp: (at, page) => at - page,
  PageDown: (at, page) => at + page,
  Home: () => 0,
  End: (_at, _page, last) => last,
}

export function useKeys(w: Wanted) {
  /** The row from which a link is being made. */
  const linking = useRef<MapRow | null>(null)
  const line: Line | undefined = w.lines.lines[w.cursor]
  const row = line?.kind === 'row' ? line.row : null

  const walk = (key: string): boolean => {
    const step = UP_DOWN[key]
    const last = w.lines.lines.length - 1
    if (step && last >= 0) w.onCursor(Math.max(0, Math.min(last, step(Math.max(0, w.cursor), w.page, last))))
    return Boolean(step)
  }

  const sideways = (event: React.KeyboardEvent): boolean => {
    const by = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0
    if (!by) return false
    if (event.altKey) {
      if (row && w.onEdit) w.edits.step(row, event.shiftKey ? 'days' : 'move', by)
    } else if (line?.kind === 'group') w.onFold(line.group.key, by < 0)
    else w.onSideways(by * (event.ctrlKey ? 5 : 1))
    return true
  }

  const link = (key: string): boolean => {
    const from = linking.current
    if (!from || (key !== 'Enter' && key !== 'Escape')) return false
    linking.current = null
    if (key === 'Escape') w.edits.setSaid(w.t('say.cancelled'))
    else if (row && row.id !== from.id) {
      w.edits.setSaid(w.t('say.linked', { from: from.name, to: row.name }))
      void w.onEdit?.({ kind: 'link', from: from.id, to: row.id })
    }
    return true
  }

  const beginLink = (event: React.KeyboardEvent): boolean => {
    if (!event.altKey || event.code !== 'KeyL' || !row?.can.link || !w.onEdit) return false
    linking.current = row
    w.edits.setSaid(w.t('say.link', { name: row.name }))
    return true
  }

  const view = (event: React.KeyboardEvent): boolean => {
    if (event.ctrlKey || event.metaKey || event.altKey) return false
    if (event.key === '+' || event.key === '=') w.onZoom(1)
    else if (event.key === '-') w.onZoom(-1)
    else if (event.key === '*') w.onFit()
    else if (event.key === '.') w.onToday()
    else return false
    return true
  }

  const act = (event: React.KeyboardEvent): boolean => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey
    if (event.key === 'Escape' && w.edits.busy.current) w.edits.cancel()
    else if (line?.kind === 'group' && (event.key === 'Enter' || event.key === ' ')) w.onFold(line.group.key)
    else if (row && event.key === 'Enter') w.onOpen(row.id)
    else if (row && event.key === 'F2' && w.onBegin) w.onBegin(row.id, null)
    else if (row && plain && w.onBegin && event.key.length === 1 && event.key !== ' ') w.onBegin(row.id, event.key)
    else return false
    return true
  }

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const done = link(event.key) || w.onKey?.(event, row?.id ?? null) || sideways(event) || beginLink(event) || (!event.altKey && walk(event.key)) || view(event) || act(event)
    if (done) event.preventDefault()
  }
  /** What arrows have changed while Alt was held is written when it is let go. */
  const onKeyUp = (event: React.KeyboardEvent) => {
    if (event.key === 'Alt' && w.edits.busy.current) {
      event.preventDefault()
      w.edits.commit()
    }
  }
  const onBlur = () => {
    linking.current = null
    if (w.edits.busy.current) w.edits.cancel()
  }
  return { onKeyDown, onKeyUp, onBlur }
}

/** The line of a cursor, kept by its key so that it survives folding and edits. */
export function lineOf(lines: Lines, key: string | null): number {
  if (key === null) return -1
  const row = lines.at.get(key)
  return row ?? lines.lines.findIndex((l) => keyOf(l) === key)
}
