/** The map on a phone: the nodes as a vertical line, broken at today; red where they drive the chosen milestone. */
import { useMemo, useState } from 'react'
import './map.css'
import { longDay, shortDay } from '../../../shared/ui'
import { isoOf } from './day'
import { type MapMilestone, type MapModel, pathOf } from './model'
import { type LineNode, nodesOf } from './nodeLine'
import { limitText, type Say } from './say'
import { useWords } from './words'

interface NodeLineProps {
  model: MapModel
  target?: string | null
  onOpen?: (id: string) => void
}

export function NodeLine({ model, target = null, onOpen }: NodeLineProps) {
  const { t, lang } = useWords()
  const [all, setAll] = useState(false)
  const path = useMemo(() => pathOf(model, target), [model, target])
  const { hidden, before, after } = useMemo(() => nodesOf(model, path, all), [model, path, all])
  const milestones = useMemo(() => new Map(model.milestones.map((m) => [m.row, m])), [model.milestones])
  const today = isoOf(model.today)
  const one = (node: LineNode) => <Node key={node.row.id} node={node} milestone={milestones.get(node.row.id)} today={today} t={t} onOpen={onOpen} />
  if (before.length + after.length + hidden === 0) return <p className="bm-none">{t('map.empty')}</p>
  return (
    <section className="bm-line" aria-label={t('line.label')}>
      {hidden > 0 && (
        <button type="button" className="bm-more" onClick={() => setAll(true)}>
          {t('line.hidden', { n: hidden })}
        </button>
      )}
      <ol>{before.map(one)}</ol>
      <p className="bm-today">
        <span>{t('line.today', { day: longDay(today, lang, today) })}</span>
      </p>
      <ol>{after.map(one)}</ol>
    </section>
  )
}

interface NodeProps {
  node: LineNode
  milestone: MapMilestone | undefined
  today: string
  t: Say
  onOpen: ((id: string) => void) | undefined
}

function Node({ node: { row, day, onPath, late }, milestone, today, t, onOpen }: NodeProps) {
  const says = saysOf(row, late, milestone, today, t)
  const kind = ['bm-node', row.state === 'done' && 'bm-was', onPath && 'bm-red', (row.event || milestone) && 'bm-is-key', (row.state === 'running' || row.state === 'paused' || row.state === 'returned') && 'bm-now']
  const inside = (
    <>
      <span className="num bm-when">{shortDay(isoOf(day), today)}</span>
      <i aria-hidden="true" />
      <span className="bm-what">
        <b>{row.name}</b>
        {onPath && row.state !== 'done' ? <span className="hidden-visually">{t('map.onPath')}</span> : null}
        {says ? <small className={late !== null && late > 0 && row.state !== 'done' && (onPath || row.due !== null) ? 'bm-late' : undefined}>{says}</small> : null}
      </span>
      <span className="bm-who">{row.owner}</span>
    </>
  )
  return (
    <li className={kind.filter(Boolean).join(' ')}>
      {onOpen ? (
        <button type="button" onClick={() => onOpen(row.id)}>
          {inside}
        </button>
      ) : (
        <div>{inside}</div>
      )}
    </li>
  )
}

/** One line below the name: what stands still, how late, between which days, under which limit. */
function saysOf(row: LineNode['row'], late: number | null, milestone: MapMilestone | undefined, today: string, t: Say): string {
  const parts: string[] = []
  if (row.state === 'paused' || row.state === 'returned' || row.state === 'reopened') parts.push(t(`state.${row.state}`))
  if (late !== null && late !== 0 && row.planned !== null) parts.push(row.state === 'done' ? t(late > 0 ? 'line.late' : 'line.early', { n: Math.abs(late) }) : late > 0 ? t('line.plan', { day: shortDay(isoOf(row.planned), today) }) : '')
  if (milestone?.odds && milestone.done === null) parts.push(t('line.range', { from: shortDay(isoOf(milestone.odds.p10), today), to: shortDay(isoOf(milestone.odds.p90), today) }))
  else if (row.limit && row.state !== 'done') parts.push(limitText(row, t))
  return parts.filter(Boolean).join(' · ')
}
