/** The pointer on the drawing: hover, pick, pan, move a bar, stretch it, and draw a link from its end to another. */
import { useEffect, useRef } from 'react'
import type { Chart } from './chart'
import type { Day } from './day'
import { HEAD } from './head'
import { type Hit, hitAt } from './hit'
import { dayAt } from './scale'
import { type Edits, moved, stretched } from './useEdits'
import type { View } from './useStage'
import type { MapEdit } from './model'

interface Wanted {
  chart: Chart
  view: React.RefObject<View>
  onPan: (left: number, top: number) => void
  edits: Edits
  onEdit: ((edit: MapEdit) => void | Promise<void>) | undefined
  onPick: (id: string | null) => void
  onHover: (id: string | null) => void
  onOpen: (id: string) => void
  /** The keys follow the pointer. */
  onDown: () => void
}

interface Drag {
  kind: 'pan' | 'move' | 'stretch' | 'link'
  hit: Hit | null
  /** Where it began, on the page, and what was in view. */
  x: number
  y: number
  left: number
  top: number
  begun: boolean
  linkTo: string | null
}

const SLACK = 4

export function usePointer({ chart, view, onPan, edits, onEdit, onPick, onHover, onOpen, onDown }: Wanted) {
  const drag = useRef<Drag | null>(null)

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !drag.current?.begun || drag.current.kind === 'pan') return
      event.stopPropagation()
      drag.current = null
      edits.setGhost(null)
      edits.cancel()
    }
    window.addEventListener('keydown', onKey, true)
    return () => window.removeEventListener('keydown', onKey, true)
  }, [edits])

  /** A point of the page in the chart's own measure; above the rows there is none. */
  const pointOf = (event: React.PointerEvent | React.MouseEvent) => {
    const box = event.currentTarget.getBoundingClientRect()
    const y = event.clientY - box.top
    return { x: event.clientX - box.left + view.current.left, y: y < HEAD ? -1 : y - HEAD + view.current.top }
  }

  const kindOf = (hit: Hit | null): Drag['kind'] => {
    if (!hit || !onEdit) return 'pan'
    if (hit.part === 'bar' && hit.row.can.move) return 'move'
    if (hit.part === 'end' && hit.row.can.stretch) return 'stretch'
    return hit.part === 'knob' && hit.row.can.link ? 'link' : 'pan'
  }

  const onPointerDown = (event: React.PointerEvent<HTMLCanvasElement>) => {
    if (event.button !== 0) return
    const { x, y } = pointOf(event)
    const hit = hitAt(chart, x, y)
    event.currentTarget.setPointerCapture(event.pointerId)
    onDown()
    drag.current = { kind: kindOf(hit), hit, x: event.clientX, y: event.clientY, left: view.current.left, top: view.current.top, begun: false, linkTo: null }
  }

  const onPointerMove = (event: React.PointerEvent<HTMLCanvasElement>) => {
    const now = drag.current
    const point = pointOf(event)
    if (!now) return hover(event, hitAt(chart, point.x, point.y))
    if (!now.begun && Math.hypot(event.clientX - now.x, event.clientY - now.y) < SLACK) return
    now.begun = true
    if (now.kind === 'pan') pan(now, event)
    else change(now, event, point)
  }

  const pan = (now: Drag, event: React.PointerEvent<HTMLCanvasElement>) => {
    event.currentTarget.style.cursor = 'grabbing'
    onPan(now.left - (event.clientX - now.x), now.top - (event.clientY - now.y))
  }

  const change = (now: Drag, event: React.PointerEvent, point: { x: number; y: number }) => {
    const row = now.hit?.row
    if (!row) return
    const by: Day = Math.round((event.clientX - now.x + view.current.left - now.left) / chart.scale.pixels)
    if (now.kind === 'move') return edits.show(moved(chart.model, row, row.start + by))
    if (now.kind === 'stretch') return edits.show(stretched(chart.model, row, dayAt(chart.scale, point.x)))
    const over = hitAt(chart, point.x, point.y)
    now.linkTo = over && over.row.id !== row.id ? over.row.id : null
    edits.setGhost({ id: row.id, start: row.start, finish: row.finish, words: '', link: { ...point, to: now.linkTo } })
  }

  const hover = (event: React.PointerEvent<HTMLCanvasElement>, hit: Hit | null) => {
    onHover(hit?.row.id ?? null)
    const kind = kindOf(hit)
    event.currentTarget.style.cursor = { pan: hit && hit.part !== 'row' ? 'pointer' : 'grab', move: 'move', stretch: 'ew-resize', link: 'crosshair' }[kind]
  }

  const onPointerUp = (event: React.PointerEvent<HTMLCanvasElement>) => {
    const now = drag.current
    drag.current = null
    event.currentTarget.style.cursor = ''
    if (!now) return
    if (!now.begun) return onPick(now.hit?.row.id ?? null)
    if (now.kind === 'link') {
      edits.setGhost(null)
      if (now.hit && now.linkTo) void onEdit?.({ kind: 'link', from: now.hit.row.id, to: now.linkTo })
    } else if (now.kind !== 'pan') edits.commit()
  }

  const onPointerCancel = () => {
    drag.current = null
    edits.setGhost(null)
    edits.show(null)
  }

  const onDoubleClick = (event: React.MouseEvent) => {
    const { x, y } = pointOf(event)
    const hit = hitAt(chart, x, y)
    if (hit) onOpen(hit.row.id)
  }

  // The browser's own answer to a press would take the keys away again.
  const onMouseDown = (event: React.MouseEvent) => event.preventDefault()

  return { onMouseDown, onPointerDown, onPointerMove, onPointerUp, onPointerCancel, onDoubleClick, onPointerLeave: () => onHover(null) }
}
