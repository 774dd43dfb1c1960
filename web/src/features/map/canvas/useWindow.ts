/** Which rows of a long table stand in the document. Scrolling asks the table alone, not the page around it. */
import { useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import { windowOf } from './lines'

export interface RowWindow {
  /** What is in view: the rows' own top edge, and the height that shows rows. */
  show: (top: number, height: number) => void
}

const BEYOND = 12

export function useWindow(ref: React.Ref<RowWindow>, count: number, rowHeight: number) {
  const body = useRef<HTMLTableSectionElement>(null)
  const [range, setRange] = useState({ first: 0, end: 60 })
  const now = useRef({ first: 0, end: 60, top: 0 })
  useLayoutEffect(() => {
    now.current = { ...range, top: now.current.top }
    place(body.current, range.first * rowHeight - now.current.top)
  }, [range, rowHeight])
  useImperativeHandle(
    ref,
    () => ({
      show: (top, height) => {
        const seen = windowOf(top, height, rowHeight, count)
        now.current.top = top
        if (seen.first < now.current.first || seen.end > now.current.end) setRange(windowOf(top, height, rowHeight, count, BEYOND))
        place(body.current, now.current.first * rowHeight - top)
      },
    }),
    [count, rowHeight],
  )
  return { body, first: range.first, end: Math.min(range.end, count) }
}

function place(body: HTMLElement | null, y: number) {
  if (body) body.style.transform = `translateY(${y}px)`
}
