/**
 * The battle map: a table that everybody can read and a drawing beside it, on one vertical scroll.
 *
 * Only what is in view is drawn or stands in the document. Scrolling does not pass through React: the drawing and the table's
 * rows are moved together in one frame.
 */
import { useCallback, useEffect, useId, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from 'react'
import './map.css'
import { type Chart, draw, type Seen } from './chart'
import { HEAD } from './head'
import { Legend } from './Legend'
import { HoverCard } from './HoverCard'
import { LifeStrip, type Strip } from './LifeStrip'
import { linesOf, scrollFor } from './lines'
import { indexLinks } from './links'
import { barOf } from './marks'
import { type MapEdit, type MapModel, pathOf } from './model'
import { chartWords } from './say'
import { PIXELS, type Zoom, zoomOf } from './scale'
import { Splitter } from './Splitter'
import { keyOf, Table, TABLE_WIDTH } from './Table'
import { Toolbar } from './Toolbar'
import { useCanvas } from './useCanvas'
import { useEdits } from './useEdits'
import { lineOf, useKeys } from './useKeys'
import { usePointer } from './usePointer'
import { useStage, type View } from './useStage'
import type { RowWindow } from './useWindow'
import { useWords } from './words'

export interface BattleMapHandle {
  /** Brings a row into view. */
  reveal: (id: string) => void
  /** Where a row's end stands, from the map's left top; `null` when it is out of view. */
  anchor: (id: string) => { x: number; y: number } | null
  focus: () => void
}

export interface BattleMapProps {
  model: MapModel
  /** The milestone whose driving path is marked. */
  target?: string | null
  onTarget?: (key: string | null) => void
  selected?: string | null
  onSelect?: (id: string | null) => void
  onOpen?: (id: string) => void
  /** A change by drag or keys; absent: the map is only read. */
  onEdit?: (edit: MapEdit) => void | Promise<void>
  /** F2 or typing on a row. */
  onBegin?: (id: string, typed: string | null) => void
  /** Keys of the page's own; `true` when it was one. */
  onKey?: (event: React.KeyboardEvent, id: string | null) => boolean
  /** A node that something elsewhere on the page speaks of. */
  ringed?: string | null
  rowHeight?: number
  /** Left in the bar above. */
  tools?: React.ReactNode
  /** In the upper right corner of the drawing. */
  aside?: React.ReactNode
  label?: string
  ref?: React.Ref<BattleMapHandle>
}

const NOTHING: ReadonlySet<string> = new Set()

export function BattleMap(props: BattleMapProps) {
  const { model, target = null, onEdit, ringed = null, rowHeight = 26 } = props
  const { t, lang } = useWords()
  const id = useId()
  const [folded, setFolded] = useState<ReadonlySet<string>>(NOTHING)
  const [pixels, setPixels] = useState<number | null>(null)
  const [wantedWidth, setTableWidth] = useState(TABLE_WIDTH)
  const [hovered, setHovered] = useState<string | null>(null)
  const [picked, setPicked] = useState<string | null>(null)
  const selected = props.selected === undefined ? picked : props.selected
  const [atGroup, setAtGroup] = useState<string | null>(null)
  const rows = useRef<RowWindow>(null)
  const grid = useRef<HTMLTableElement>(null)
  const strip = useRef<Strip>(null)

  const lines = useMemo(() => linesOf(model, folded), [model, folded])
  const links = useMemo(() => indexLinks(model.links, lines.at), [model.links, lines])
  const milestones = useMemo(() => new Map(model.milestones.map((m) => [m.row, m])), [model.milestones])
  const path = useMemo(() => pathOf(model, target), [model, target])
  const words = useMemo(() => chartWords(t, model.today), [t, model.today])
  const edits = useEdits({ model, t, onEdit })
  const bodyHeight = lines.lines.length * rowHeight

  const onView = (view: View) => {
    rows.current?.show(view.top, view.height - HEAD)
    strip.current?.show(view.left / stage.timeWidth, (view.left + view.width) / stage.timeWidth)
    schedule()
  }
  const stage = useStage({ from: model.from, until: model.until, today: model.today, tableWidth: wantedWidth, bodyHeight, head: HEAD, pixels, onPixels: setPixels, onView })
  const { tableWidth } = stage
  const chart = useMemo<Chart>(() => ({ model, lines, links, milestones, path, scale: stage.scale, rowHeight, lang }), [model, lines, links, milestones, path, stage.scale, rowHeight, lang])
  const { canvas, schedule } = useCanvas((pen, ink, width, height) => {
    const { left, top } = stage.view.current
    const seen: Seen = { left, top, width, height, selected, hovered, ringed, ghost: edits.ghost, knob: Boolean(onEdit), words }
    draw(pen, ink, chart, seen)
  })
  const { look } = stage

  // Other lines, or a taller window: what is in view is reckoned again.
  useLayoutEffect(look, [lines, look, stage.size.height])

  const { toTop } = stage
  const reveal = useCallback(
    (line: number) => {
      const { top, height } = stage.view.current
      const to = scrollFor(line, top, height - HEAD, rowHeight)
      if (to !== null) toTop(to)
    },
    [rowHeight, stage.view, toTop],
  )
  const fold = (key: string, close = !folded.has(key)) => {
    const next = new Set(folded)
    if (close) next.add(key)
    else next.delete(key)
    setFolded(next)
    const name = model.groups.find((g) => g.key === key)?.title ?? ''
    edits.setSaid(t(close ? 'say.folded' : 'say.unfolded', { name }))
  }
  const cursorKey = selected ?? atGroup
  const cursor = lineOf(lines, cursorKey)
  const pickLine = (line: number) => {
    const found = lines.lines[line]
    if (!found) return
    setAtGroup(found.kind === 'group' ? keyOf(found) : null)
    const row = found.kind === 'row' ? found.row.id : null
    setPicked(row)
    props.onSelect?.(row)
    reveal(line)
  }
  const pick = (row: string | null) => {
    grid.current?.focus({ preventScroll: true })
    if (row !== null) pickLine(lineOf(lines, row))
  }
  const zoomTo = (zoom: Zoom) => {
    stage.zoomTo(PIXELS[zoom])
    edits.setSaid(t('say.zoom', { zoom: t(`zoom.${zoom}`) }))
  }
  const step = (by: 1 | -1) => stage.zoomTo(stage.scale.pixels * (by > 0 ? 1.4 : 1 / 1.4))
  const open = (row: string) => props.onOpen?.(row)
  const today = () => stage.toDay(model.today)
  const keys = useKeys({
    lines,
    cursor,
    page: Math.max(1, Math.floor(stage.bodyTall / rowHeight) - 1),
    edits,
    t,
    onEdit,
    onCursor: pickLine,
    onFold: fold,
    onOpen: open,
    onBegin: props.onBegin,
    onKey: props.onKey,
    onSideways: (by) => stage.scroller.current?.scrollBy({ left: by * 72 }),
    onZoom: step,
    onFit: stage.fit,
    onToday: today,
  })
  const pointer = usePointer({ chart, view: stage.view, onPan: stage.toPlace, edits, onEdit, onPick: pick, onHover: setHovered, onOpen: open, onDown: () => grid.current?.focus({ preventScroll: true }) })

  useImperativeHandle(props.ref, () => ({
    reveal: (row) => {
      const line = lineOf(lines, row)
      const found = lines.lines[line]
      if (found?.kind !== 'row') return
      reveal(line)
      const x = barOf(stage.scale, found.row).right
      const { left, width } = stage.view.current
      if (x < left || x > left + width) stage.toDay(found.row.finish)
    },
    anchor: (row) => {
      const line = lines.at.get(row)
      const found = line === undefined ? undefined : lines.lines[line]
      if (line === undefined || found?.kind !== 'row' || !stage.scroller.current) return null
      const { left, top, width, height } = stage.view.current
      const x = barOf(stage.scale, found.row).right - left
      const y = line * rowHeight + rowHeight / 2 - top + HEAD
      if (x < 0 || x > width || y < HEAD || y > height) return null
      return { x: stage.scroller.current.offsetLeft + tableWidth + x, y: stage.scroller.current.offsetTop + y }
    },
    focus: () => grid.current?.focus({ preventScroll: true }),
  }))

  // A selection made elsewhere on the page is brought into view.
  useEffect(() => {
    const line = selected === null ? undefined : lines.at.get(selected)
    if (line !== undefined) reveal(line)
    // oxlint-disable-next-line react/exhaustive-deps -- only a new selection moves the view
  }, [selected])

  const hoveredLine = hovered === null ? undefined : lines.at.get(hovered)
  const hoveredRow = hoveredLine === undefined ? undefined : lines.lines[hoveredLine]
  return (
    <section className="bm" aria-label={props.label ?? t('map.label')}>
      <Toolbar
        model={model}
        target={target}
        onTarget={props.onTarget}
        zoom={zoomOf(stage.scale.pixels)}
        onZoom={zoomTo}
        onStep={step}
        onFit={stage.fit}
        onToday={today}
        tools={props.tools}
      />
      <p id={`${id}-hint`} className="hidden-visually">
        {t('map.hint')}
      </p>
      <output className="hidden-visually" aria-live="polite">
        {edits.said}
      </output>
      <div ref={stage.scroller} className="bm-scroll" onScroll={look}>
        <div className="bm-size" style={{ width: tableWidth + stage.timeWidth, height: Math.max(stage.size.height, bodyHeight + HEAD) }}>
          <div className="bm-view" style={{ height: stage.size.height || '100%', width: stage.size.width || '100%' }}>
            <div className="bm-left" style={{ width: tableWidth }}>
              <Table
                id={id}
                lines={lines}
                rowHeight={rowHeight}
                path={path}
                cursor={cursorKey}
                hovered={hovered}
                window={rows}
                grid={{ ref: grid, 'aria-label': props.label ?? t('map.label'), 'aria-describedby': `${id}-hint`, ...keys }}
                onPick={(key) => {
                  grid.current?.focus({ preventScroll: true })
                  pickLine(lineOf(lines, key))
                }}
                onOpen={open}
                onFold={fold}
                onHover={setHovered}
              />
            </div>
            <Splitter width={tableWidth} onWidth={setTableWidth} label={t('map.split')} />
            <canvas ref={canvas} className="bm-canvas" aria-hidden="true" style={{ width: stage.width, height: stage.size.height }} {...pointer} />
            {hoveredRow?.kind === 'row' && !edits.ghost && <HoverCard key={hoveredRow.row.id} row={hoveredRow.row} over={canvas} />}
            {props.aside ? <div className="bm-aside">{props.aside}</div> : null}
          </div>
        </div>
      </div>
      <div className="bm-foot">
        <LifeStrip ref={strip} model={model} path={path} onLook={(at) => stage.toDay(model.from + at * (model.until - model.from), 0.5)} />
        <Legend provisional={model.provisionalFrom !== null && model.provisionalFrom <= model.until} />
      </div>
    </section>
  )
}
