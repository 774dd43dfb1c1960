/** The whole life in a strip below: what lies off the edge, and where one looks. */
import { useCallback, useEffect, useImperativeHandle, useRef } from 'react'
import type { Ink } from './ink'
import { eventX } from './marks'
import { type MapModel, rowsOf } from './model'
import type { Pen } from './pen'
import { headOf, type Scale, xOf, zoomOf } from './scale'
import { useCanvas } from './useCanvas'
import { useWords } from './words'
import type { Lang } from '../../../shared/words'

const TALL = 30

export interface Strip {
  /** Part of the life in view, 0 to 1. */
  show: (from: number, until: number) => void
}

interface LifeStripProps {
  model: MapModel
  path: ReadonlySet<string>
  ref: React.Ref<Strip>
  /** A part of the life, 0 to 1, to bring into the middle. */
  onLook: (at: number) => void
}

export function LifeStrip({ model, path, ref, onLook }: LifeStripProps) {
  const { t, lang } = useWords()
  const frame = useRef<HTMLDivElement>(null)
  const outer = useRef<HTMLDivElement>(null)
  const paint = useCallback((pen: Pen, ink: Ink, width: number, height: number) => drawLife(pen, ink, model, path, lang, width, height), [model, path, lang])
  const { canvas, schedule } = useCanvas(paint)
  useImperativeHandle(ref, () => ({
    show: (from, until) => {
      if (!frame.current) return
      frame.current.style.left = `${Math.max(0, from) * 100}%`
      frame.current.style.width = `${(Math.min(1, until) - Math.max(0, from)) * 100}%`
    },
  }))
  useEffect(() => {
    const element = outer.current
    if (!element) return
    const observer = new ResizeObserver(schedule)
    observer.observe(element)
    return () => observer.disconnect()
  }, [schedule])
  const look = (event: React.PointerEvent) => {
    if (event.buttons !== 1) return
    const box = event.currentTarget.getBoundingClientRect()
    onLook((event.clientX - box.left) / Math.max(1, box.width))
  }
  return (
    <div
      ref={outer}
      className="bm-strip"
      aria-hidden="true"
      title={t('map.strip')}
      style={{ height: TALL }}
      onPointerDown={(e) => {
        e.currentTarget.setPointerCapture(e.pointerId)
        look(e)
      }}
      onPointerMove={look}
    >
      <canvas ref={canvas} />
      <div ref={frame} className="bm-frame" />
    </div>
  )
}

/** Beyond this many rows a strip of thirty pixels shows nothing more. */
const MOST = 400

export function drawLife(pen: Pen, ink: Ink, model: MapModel, path: ReadonlySet<string>, lang: Lang, width: number, height: number): void {
  const scale: Scale = { origin: model.from, pixels: width / Math.max(1, model.until - model.from + 1) }
  pen.rect(0, 0, width, height, ink.ground)
  for (const tick of headOf(zoomOf(scale.pixels), model.from, model.until, lang, scale.pixels).major) {
    const x = xOf(scale, tick.day)
    pen.line([x, 0, x, height], { color: ink.line })
    if (x + 40 < width) pen.text(x + 4, 7, tick.label, { color: ink['ink-3'], size: 10 })
  }
  const rows = rowsOf(model)
  const step = Math.max(1, Math.ceil(rows.length / MOST))
  for (let i = 0; i < rows.length; i += step) {
    const row = rows[i]
    if (!row || row.event) continue
    const left = xOf(scale, row.start)
    const color = path.has(row.id) ? ink['bar-drive'] : row.state === 'done' ? ink['bar-done'] : ink['bar-left']
    pen.rect(left, 12 + ((height - 15) * i) / rows.length, Math.max(1, xOf(scale, row.finish + 1) - left), 1.2, color)
  }
  const today = xOf(scale, model.today)
  pen.line([today, 0, today, height], { color: ink.blue, width: 1.5 })
  for (const m of model.milestones) pen.diamond(eventX(scale, m.done ?? m.expected), height / 2 + 3, 3.5, m.done !== null ? ink['bar-done'] : m.light === 'red' ? ink.red : ink['blue-2'], { color: ink.ground })
}
