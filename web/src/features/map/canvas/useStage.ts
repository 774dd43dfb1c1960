/** The stage: what of the drawing is in view, and moving it by scroll, wheel and keys without asking React at each frame. */
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { Day } from './day'
import { bounded, fitting, type Scale } from './scale'

export interface View {
  /** The chart's own left and top edge in view. */
  left: number
  top: number
  /** Of the chart with its head. */
  width: number
  height: number
}

interface Wanted {
  from: Day
  until: Day
  today: Day
  /** As wide as is wanted; on a narrow screen it leaves room for the drawing. */
  tableWidth: number
  bodyHeight: number
  head: number
  /** Pixels a day; absent: as much as shows the life of a project well. */
  pixels: number | null
  onPixels: (pixels: number) => void
  onView: (view: View) => void
}

const LEAST_TABLE = 184
const roomFor = (width: number) => Math.max(LEAST_TABLE, width < 1000 ? Math.round(width * 0.46) : width - 260)

const COMFORT = { least: 1.65, most: 9 }

export function useStage({ from, until, today, tableWidth: wanted, bodyHeight, head, pixels: asked, onPixels, onView }: Wanted) {
  const scroller = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState({ width: 0, height: 0 })
  const tableWidth = size.width === 0 ? wanted : Math.min(wanted, roomFor(size.width))
  const width = Math.max(0, size.width - tableWidth)
  const pixels = asked ?? Math.min(COMFORT.most, Math.max(COMFORT.least, fitting(from, until, width || 800)))
  const scale = useMemo<Scale>(() => ({ origin: from, pixels }), [from, pixels])
  const timeWidth = Math.max(width, Math.ceil((until - from + 1) * pixels))
  const view = useRef<View>({ left: 0, top: 0, width: 0, height: 0 })
  /** A day to be kept at a place of the chart while its scale changes. */
  const kept = useRef<{ day: number; x: number } | null>(null)
  const placed = useRef(false)

  const told = useRef(onView)
  useLayoutEffect(() => {
    told.current = onView
  })
  const look = useCallback(() => {
    const element = scroller.current
    if (!element) return
    view.current = { left: element.scrollLeft, top: element.scrollTop, width: Math.max(0, element.clientWidth - tableWidth), height: element.clientHeight }
    told.current(view.current)
  }, [tableWidth])

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const measure = () => setSize({ width: element.clientWidth, height: element.clientHeight })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element || width === 0) return
    if (kept.current) element.scrollLeft = (kept.current.day - from) * pixels - kept.current.x
    else if (!placed.current) element.scrollLeft = (today - from) * pixels - width * 0.22
    kept.current = null
    placed.current = true
    look()
  }, [from, pixels, width, size.height, bodyHeight, today, look])

  const zoomTo = useCallback(
    (next: number, at?: number) => {
      const { left, width: wide } = view.current
      // Today stays where it is when it is in view, else the middle does.
      const todayX = (today - from) * pixels - left
      const x = at ?? (todayX >= 0 && todayX <= wide ? todayX : wide / 2)
      kept.current = { day: from + (left + x) / pixels, x }
      onPixels(bounded(next))
    },
    [from, pixels, today, onPixels],
  )
  const toDay = useCallback(
    (day: Day, part = 0.35) => {
      if (scroller.current) scroller.current.scrollLeft = (day - from) * pixels - view.current.width * part
    },
    [from, pixels],
  )
  const fit = useCallback(() => {
    kept.current = { day: from, x: 0 }
    onPixels(fitting(from, until, view.current.width))
  }, [from, until, onPixels])
  const toPlace = useCallback((left: number, top: number) => scroller.current?.scrollTo(left, top), [])
  const toTop = useCallback((top: number) => {
    if (scroller.current) scroller.current.scrollTop = top
  }, [])

  useWheelZoom(scroller, view, tableWidth, pixels, zoomTo)
  return { tableWidth, scroller, view, scale, size, width, timeWidth, bodyTall: Math.max(0, size.height - head), look, zoomTo, toDay, toTop, toPlace, fit }
}

/** Ctrl and the wheel zoom about the pointer. React's own listener is passive and could not keep the page from zooming. */
function useWheelZoom(scroller: React.RefObject<HTMLDivElement | null>, view: React.RefObject<View>, tableWidth: number, pixels: number, zoomTo: (pixels: number, at?: number) => void) {
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      const x = event.clientX - element.getBoundingClientRect().left - tableWidth
      zoomTo(pixels * Math.exp(-event.deltaY * 0.0022), Math.max(0, Math.min(view.current.width, x)))
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [scroller, view, tableWidth, pixels, zoomTo])
}
