/** All projects on one axis of time: a row each, in groups, with a table beside it on the same scroll. */
import { Button, Segmented } from 'antd'
import { useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import '../canvas/map.css'
import './portfolio.css'
import { type Day, isoOf } from '../canvas/day'
import { HEAD } from '../canvas/head'
import { scrollFor } from '../canvas/lines'
import { PIXELS, zoomOf } from '../canvas/scale'
import { useCanvas } from '../canvas/useCanvas'
import { useStage, type View } from '../canvas/useStage'
import type { RowWindow } from '../canvas/useWindow'
import { drawPortfolio, type PortfolioChart } from './chart'
import { grouped, GROUPINGS, type Grouping, lateSum, portfolioLines, type PortfolioRow, type Sort, SORTS, spanOf } from './portfolio'
import { lineKey, PORTFOLIO_WIDTH, PortfolioTable } from './PortfolioTable'
import { usePortfolioKeys } from './usePortfolioKeys'
import { usePan } from './usePan'
import { useWords } from './words'

interface PortfolioMapProps {
  rows: readonly PortfolioRow[]
  today: Day
  group: Grouping
  sort: Sort
  onGroup: (group: Grouping) => void
  onSort: (sort: Sort) => void
  groupWord: (by: Grouping, key: string) => string
  stageWord: (stage: string) => string
  onOpen: (id: string) => void
  onPrint?: () => void
  tools?: React.ReactNode
}

const ROW = 26
const ZOOMS = ['month', 'quarter', 'year'] as const
const NOTHING: ReadonlySet<string> = new Set()

export function PortfolioMap(props: PortfolioMapProps) {
  const { rows, today, group, sort, groupWord } = props
  const { t, lang } = useWords()
  const id = useId()
  const [folded, setFolded] = useState<ReadonlySet<string>>(NOTHING)
  const [pixels, setPixels] = useState<number | null>(PIXELS.quarter)
  const [cursor, setCursor] = useState<string | null>(null)
  const [hovered, setHovered] = useState<string | null>(null)
  const [said, setSaid] = useState('')
  const table = useRef<RowWindow>(null)
  const grid = useRef<HTMLTableElement>(null)

  const groups = useMemo(() => grouped(rows, group, sort, (key) => groupWord(group, key), t('all.none')), [rows, group, sort, groupWord, t])
  const lines = useMemo(() => portfolioLines(groups, folded), [groups, folded])
  const span = useMemo(() => spanOf(rows, today), [rows, today])
  const at = useMemo(() => new Map(lines.map((line, i) => [lineKey(line), i])), [lines])
  const bodyHeight = lines.length * ROW

  const onView = (now: View) => {
    table.current?.show(now.top, now.height - HEAD)
    schedule()
  }
  const { tableWidth, scroller, view, scale, size, width, timeWidth, bodyTall, look, zoomTo, toDay, toTop, toPlace, fit } = useStage({ ...span, today, tableWidth: PORTFOLIO_WIDTH, bodyHeight, head: HEAD, pixels, onPixels: setPixels, onView })
  const chart = useMemo<PortfolioChart>(() => ({ lines, scale: scale, rowHeight: ROW, today, lang }), [lines, scale, today, lang])
  const { canvas, schedule } = useCanvas((pen, ink, wide, high) => {
    const { left, top } = view.current
    drawPortfolio(pen, ink, chart, {
      left,
      top,
      width: wide,
      height: high,
      selected: cursor,
      hovered,
      todayWords: t('all.todayAt', { day: isoOf(today).slice(5) }),
      nameOf: (key) => t(`col.${key as 'start'}`),
    })
  })
  // Other lines, or a taller window: what is in view is reckoned again.
  useLayoutEffect(look, [lines, look, size.height])

  const pick = (line: number) => {
    const found = lines[line]
    if (!found) return
    setCursor(lineKey(found))
    grid.current?.focus({ preventScroll: true })
    const to = scrollFor(line, view.current.top, view.current.height - HEAD, ROW)
    if (to !== null) toTop(to)
  }
  const fold = (key: string, close = !folded.has(key)) => {
    const next = new Set(folded)
    if (close) next.add(key)
    else next.delete(key)
    setFolded(next)
    setSaid(t(close ? 'all.folded' : 'all.unfolded', { name: groups.find((g) => g.key === key)?.title ?? '' }))
  }
  const line = cursor === null ? -1 : (at.get(cursor) ?? -1)
  const keys = usePortfolioKeys({
    lines,
    cursor: line,
    page: Math.max(1, Math.floor(bodyTall / ROW) - 1),
    onCursor: pick,
    onFold: fold,
    onOpen: props.onOpen,
    onSideways: (by) => scroller.current?.scrollBy({ left: by * 90 }),
    onZoom: (by) => zoomTo(scale.pixels * (by > 0 ? 1.4 : 1 / 1.4)),
    onFit: fit,
    onToday: () => toDay(today),
  })
  const pan = usePan({ view: view, rowHeight: ROW, lines, onPan: toPlace, onPick: pick, onHover: setHovered, onOpen: props.onOpen })
  const zoom = zoomOf(scale.pixels)

  return (
    <section className="bm" aria-label={t('all.label')}>
      <div className="bm-bar">
        <div className="bm-tools">{props.tools}</div>
        <Choice label={t('all.group')} value={group} all={GROUPINGS} word={(g) => t(`group.${g}`)} onChange={props.onGroup} />
        <Choice label={t('all.sort')} value={sort} all={SORTS} word={(s) => t(`sort.${s}`)} onChange={props.onSort} />
        <Choice label={t('all.zoom')} value={zoom === 'day' || zoom === 'week' ? 'month' : zoom} all={ZOOMS} word={(z) => t(`zoom.${z}`)} onChange={(z) => zoomTo(PIXELS[z])} />
        <div className="bm-choice">
          <Button size="small" title="*" onClick={fit}>
            {t('all.fit')}
          </Button>
          <Button size="small" title="." onClick={() => toDay(today)}>
            {t('all.today')}
          </Button>
          {props.onPrint ? (
            <Button size="small" onClick={props.onPrint}>
              {t('all.print')}
            </Button>
          ) : null}
        </div>
      </div>
      <div className="bm-legend pm-legend">
        <Legend />
        <span className="pm-note">{t('all.note')}</span>
        <b>{t('all.sum', { n: rows.length, late: lateSum(rows).toLocaleString('en-US') })}</b>
      </div>
      <p id={`${id}-hint`} className="hidden-visually">
        {t('all.hint')}
      </p>
      <output className="hidden-visually" aria-live="polite">
        {said}
      </output>
      <div ref={scroller} className="bm-scroll" onScroll={look}>
        <div className="bm-size" style={{ width: tableWidth + timeWidth, height: Math.max(size.height, bodyHeight + HEAD) }}>
          <div className="bm-view" style={{ height: size.height || '100%', width: size.width || '100%' }}>
            <div className="bm-left" style={{ width: tableWidth }}>
              <PortfolioTable
                id={id}
                lines={lines}
                rowHeight={ROW}
                cursor={cursor}
                hovered={hovered}
                window={table}
                grid={{ ref: grid, 'aria-label': t('all.label'), 'aria-describedby': `${id}-hint`, onKeyDown: keys }}
                stageWord={props.stageWord}
                onPick={pick}
                onOpen={props.onOpen}
                onFold={fold}
                onHover={setHovered}
              />
            </div>
            <canvas ref={canvas} className="bm-canvas" aria-hidden="true" style={{ width: width, height: size.height }} {...pan} />
          </div>
        </div>
      </div>
    </section>
  )
}

interface ChoiceProps<K extends string> {
  label: string
  value: K
  all: readonly K[]
  word: (key: K) => string
  onChange: (key: K) => void
}

function Choice<K extends string>({ label, value, all, word, onChange }: ChoiceProps<K>) {
  return (
    <div className="bm-choice">
      <span>{label}</span>
      <Segmented size="small" aria-label={label} value={value} options={all.map((k) => ({ value: k, label: word(k) }))} onChange={onChange} />
    </div>
  )
}

const MARKS = ['prep', 'done', 'left', 'ramp', 'actual', 'plan', 'forecast', 'late'] as const

function Legend() {
  const { t } = useWords()
  return (
    <ul>
      {MARKS.map((m) => (
        <li key={m}>
          <i className={`bm-mark pm-mark-${m}`} aria-hidden="true" />
          {t(`legend.${m}`)}
        </li>
      ))}
    </ul>
  )
}
