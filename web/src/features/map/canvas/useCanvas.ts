/** A canvas that is drawn again when asked, at most once a frame, in the theme's colours and at the screen's own sharpness. */
import { useCallback, useEffect, useRef } from 'react'
import { CanvasPen } from './canvasPen'
import { type Ink, inkOf } from './ink'

export type Paint = (pen: CanvasPen, ink: Ink, width: number, height: number) => void

export function useCanvas(paint: Paint) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const latest = useRef(paint)
  const frame = useRef(0)
  const kept = useRef<{ ink: Ink; pen: CanvasPen; ratio: number } | null>(null)

  const drawNow = useCallback(() => {
    frame.current = 0
    const element = canvas.current
    const c = element?.getContext('2d', { alpha: false })
    if (!element || !c) return
    const ratio = devicePixelRatio || 1
    const { clientWidth: width, clientHeight: height } = element
    if (width === 0 || height === 0) return
    if (kept.current?.ratio !== ratio) {
      const ink = inkOf(element)
      kept.current = { ink, ratio, pen: new CanvasPen(c, ink['font-num'], ratio) }
    }
    const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)]
    if (element.width !== w || element.height !== h) {
      element.width = w
      element.height = h
    }
    c.setTransform(ratio, 0, 0, ratio, 0, 0)
    kept.current.pen.begin()
    latest.current(kept.current.pen, kept.current.ink, width, height)
  }, [])

  const schedule = useCallback(() => {
    frame.current ||= requestAnimationFrame(drawNow)
  }, [drawNow])

  useEffect(() => {
    latest.current = paint
    schedule()
  })

  useEffect(() => {
    const again = () => {
      kept.current = null
      schedule()
    }
    const themes = new MutationObserver(again)
    themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
    document.fonts?.addEventListener('loadingdone', again)
    window.addEventListener('resize', again)
    return () => {
      themes.disconnect()
      document.fonts?.removeEventListener('loadingdone', again)
      window.removeEventListener('resize', again)
      cancelAnimationFrame(frame.current)
      frame.current = 0
    }
  }, [schedule])

  return { canvas, schedule, drawNow }
}
