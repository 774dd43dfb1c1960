/** The pointer on the map of all projects: hover, pick, open, and drag to see elsewhere. */
import { useRef } from 'react'
import { HEAD } from '../canvas/head'
import type { View } from '../canvas/useStage'
import type { PortfolioLine } from './portfolio'

interface Wanted {
  view: React.RefObject<View>
  rowHeight: number
  lines: readonly PortfolioLine[]
  onPan: (left: number, top: number) => void
  onPick: (line: number) => void
  onHover: (id: string | null) => void
  onOpen: (id: string) => void
}

const SLACK = 4

export function usePan({ view, rowHeight, lines, onPan, onPick, onHover, onOpen }: Wanted) {
  const drag = useRef<{ x: number; y: number; left: number; top: number; begun: boolean } | null>(null)
  const lineAt = (event: React.MouseEvent) => {
    const y = event.clientY - event.currentTarget.getBoundingClientRect().top
    return y < HEAD ? -1 : Math.floor((y - HEAD + view.current.top) / rowHeight)
  }
  const rowAt = (event: React.MouseEvent) => {
    const line = lines[lineAt(event)]
    return line?.kind === 'row' ? line.row : null
  }
  return {
    onMouseDown: (event: React.MouseEvent) => event.preventDefault(),
    onPointerDown: (event: React.PointerEvent) => {
      if (event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      drag.current = { x: event.clientX, y: event.clientY, left: view.current.left, top: view.current.top, begun: false }
    },
    onPointerMove: (event: React.PointerEvent) => {
      const now = drag.current
      if (!now) return onHover(rowAt(event)?.id ?? null)
      if (!now.begun && Math.hypot(event.clientX - now.x, event.clientY - now.y) < SLACK) return
      now.begun = true
      onPan(now.left - (event.clientX - now.x), now.top - (event.clientY - now.y))
    },
    onPointerUp: (event: React.PointerEvent) => {
      const was = drag.current
      drag.current = null
      if (was && !was.begun) onPick(lineAt(event))
    },
    onPointerCancel: () => {
      drag.current = null
    },
    onPointerLeave: () => onHover(null),
    onDoubleClick: (event: React.MouseEvent) => {
      const row = rowAt(event)
      if (row) onOpen(row.id)
    },
  }
}
