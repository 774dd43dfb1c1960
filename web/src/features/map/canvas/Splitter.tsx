/** Between table and drawing: more of the one or of the other. */
import { useRef } from 'react'
import { TABLE_LEAST, TABLE_MOST } from './Table'

const STEP = 24

export function Splitter({ width, onWidth, label }: { width: number; onWidth: (width: number) => void; label: string }) {
  const from = useRef<{ x: number; width: number } | null>(null)
  const set = (next: number) => onWidth(Math.round(Math.min(TABLE_MOST, Math.max(TABLE_LEAST, next))))
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a rule cannot be moved; this separator can
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={TABLE_LEAST}
      aria-valuemax={TABLE_MOST}
      tabIndex={0}
      className="bm-split"
      style={{ left: width - 3 }}
      onPointerDown={(e) => {
        e.currentTarget.setPointerCapture(e.pointerId)
        from.current = { x: e.clientX, width }
      }}
      onPointerMove={(e) => from.current && set(from.current.width + e.clientX - from.current.x)}
      onPointerUp={() => {
        from.current = null
      }}
      onKeyDown={(e) => {
        const by = e.key === 'ArrowLeft' ? -STEP : e.key === 'ArrowRight' ? STEP : 0
        if (!by) return
        e.preventDefault()
        set(width + by)
      }}
    />
  )
}
