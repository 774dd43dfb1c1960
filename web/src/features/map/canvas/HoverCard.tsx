/** What the pointer is on, in words; the table has the same facts for everybody else. */
import { useEffect, useState } from 'react'
import { isoOf } from './day'
import type { MapRow } from './model'
import { limitText, percentText } from './say'
import { useWords } from './words'

/** The pointer has to rest this long: a card at every move would hide what one looks for. */
const REST_MS = 350

export function HoverCard({ row, over }: { row: MapRow; over: React.RefObject<HTMLCanvasElement | null> }) {
  const { t } = useWords()
  const [at, setAt] = useState<{ x: number; y: number; flip: boolean } | null>(null)
  useEffect(() => {
    const element = over.current
    let timer: ReturnType<typeof setTimeout> | undefined
    const onMove = (event: PointerEvent) => {
      clearTimeout(timer)
      setAt(null)
      if (event.buttons || !element) return
      const { offsetX, offsetY } = event
      timer = setTimeout(() => setAt({ x: element.offsetLeft + offsetX + 14, y: offsetY + 16, flip: offsetY > element.clientHeight - 130 }), REST_MS)
    }
    element?.addEventListener('pointermove', onMove)
    return () => {
      clearTimeout(timer)
      element?.removeEventListener('pointermove', onMove)
    }
  }, [over])
  if (!at) return null
  const dates = row.event ? t('card.event', { day: isoOf(row.finish) }) : t('card.dates', { from: isoOf(row.start), to: isoOf(row.finish) })
  const facts = [
    t(`state.${row.state}`),
    row.planned === null ? '' : t('card.planned', { day: isoOf(row.planned) }),
    row.contractor ? t('card.contractor', { from: isoOf(row.contractor.from), to: isoOf(row.contractor.until) }) : '',
    row.state === 'done' ? '' : t('card.float', { n: row.totalFloat }),
    row.event ? '' : percentText(row).replace('—', ''),
  ]
  const limit = limitText(row, t)
  return (
    <div className="bm-card" aria-hidden="true" style={{ left: at.x, top: at.y, transform: at.flip ? 'translateY(calc(-100% - 28px))' : undefined }}>
      <b>{row.name}</b>
      <span className="num">{dates}</span>
      <span>{facts.filter(Boolean).join(' · ')}</span>
      {limit === '—' ? null : (
        <span>
          {t('col.limit')} {limit}
        </span>
      )}
      {row.owner ? <span>{row.party ? `${row.owner} · ${row.party}` : row.owner}</span> : null}
      {row.odds && row.state !== 'done' ? <span className="num">{`${t('map.odds', { p50: isoOf(row.odds.p50), p80: isoOf(row.odds.p80) })} · ${t('card.criticality', { n: Math.round(row.odds.criticality / 100) })}`}</span> : null}
    </div>
  )
}
