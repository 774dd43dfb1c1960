/**
 * One column a stage. A card dragged to a later stage — or moved by keyboard: M, arrows, Enter —
 * opens the decision; nothing changes until it is recorded.
 */
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useActs } from '../acts/useActs'
import { failureOf } from '../acts/form'
import { rowsQuery, useFacets } from '../api/queries'
import type { Count, Row } from '../api/types'
import { shown } from '../model/cursor'
import { apiText, filterText, readQuery, withFilter, writeQuery } from '../model/query'
import { NextDue } from '../pipeline/PhoneList'
import { useAsOf, useFeed, useMe, useShow } from '../shell'
import type { Show } from '../show'
import { useWords } from '../words'

const CARD = 92

export function Board() {
  const show = useShow()
  return show ? <Known show={show} /> : <div className="pj-skeleton" aria-busy="true" />
}

interface Moving {
  row: Row
  to: string
}

function Known({ show }: { show: Show }) {
  const { t } = useWords()
  const asOf = useAsOf()
  const me = useMe()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [params, setParams] = useSearchParams()
  const query = useMemo(() => readQuery(params), [params])
  const filters = apiText(query)
  const facets = useFacets(filters, 'stage', asOf)
  const readOnly = asOf !== null || !(me?.can.includes('decide') ?? false)
  const reload = useCallback(() => void client.invalidateQueries({ queryKey: ['projects'] }), [client])
  useFeed(reload)
  const acts = useActs(show, reload)
  const [moving, setMoving] = useState<Moving | null>(null)
  const stages = show.registers.choices('stages').map((c) => c.key)
  const counts = new Map(facets.data?.stage?.map((c) => [c.key, c]))

  const decide = (row: Row, to: string) => {
    setMoving(null)
    if (stages.indexOf(to) > stages.indexOf(row.stage)) acts.openStage({ id: row.id, seq: row.seq, name: row.name, stage: row.stage }, to)
  }
  const step = (by: number) =>
    setMoving((m) => {
      if (!m) return m
      const at = Math.max(stages.indexOf(m.row.stage) + 1, Math.min(stages.length - 1, stages.indexOf(m.to) + by))
      return { ...m, to: stages[at] ?? m.to }
    })
  const onKey = (event: React.KeyboardEvent, row: Row) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const { key } = event
    if (moving) {
      if (key === 'ArrowRight') step(1)
      else if (key === 'ArrowLeft') step(-1)
      else if (key === 'Enter') decide(moving.row, moving.to)
      else if (key === 'Escape' || key.toLowerCase() === 'm') setMoving(null)
      else return
    } else if (key.toLowerCase() === 'm' && !readOnly) {
      const next = stages[stages.indexOf(row.stage) + 1]
      if (next) setMoving({ row, to: next })
    } else if (key === 'Enter') {
      void navigate(`/projects/${row.id}`)
    } else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className="pj-page pj-boardpage">
      <div className="pj-bar">
        <p className="pj-boardlead">
          {t('board.lead')}
          {query.filters.q && ` · ${query.filters.q}`}
        </p>
        <div className="pj-tools">
          <input
            className="pj-filter"
            type="search"
            defaultValue={query.filters.q}
            placeholder={t('filter.text')}
            aria-label={t('filter.phone')}
            onKeyDown={(e) => {
              if (e.key === 'Enter') setParams((p) => writeQuery(p, withFilter(query, 'q', e.currentTarget.value.trim() || null)))
            }}
          />
          <Link className="pj-link" to={{ pathname: '/projects', search: `${filterText(query)}${asOf ? `&as_of=${asOf}` : ''}` }}>
            {t('board.grid')}
          </Link>
        </div>
      </div>
      <output className="pj-unseen">
        {moving ? t('board.moving', { name: moving.row.name, stage: show.registers.word('stages', moving.to) }) : ''}
      </output>
      {facets.isError ? (
        <div className="pj-nothing" role="alert">
          <h2>{t('error.title')}</h2>
          <p>{failureOf(facets.error, t('act.offline')).title}</p>
        </div>
      ) : (
        <div className="pj-board">
          {stages.map((stage) => (
            <StageColumn
              key={stage}
              stage={stage}
              count={counts.get(stage)}
              show={show}
              params={apiText(withFilter(query, 'stage', stage))}
              hidden={Boolean(query.filters.stage && !query.filters.stage.split(',').includes(stage))}
              asOf={asOf}
              readOnly={readOnly}
              target={moving?.to === stage}
              movingId={moving?.row.id ?? null}
              open={moving ? stages.indexOf(stage) > stages.indexOf(moving.row.stage) : false}
              onGrab={(row) => setMoving(row && { row, to: row.stage })}
              onOver={() => setMoving((m) => m && { ...m, to: stage })}
              onDrop={() => moving && decide(moving.row, stage)}
              onKey={onKey}
            />
          ))}
        </div>
      )}
      {acts.dialog}
    </div>
  )
}

interface ColumnProps {
  stage: string
  count: Count | undefined
  show: Show
  params: string
  hidden: boolean
  asOf: string | null
  readOnly: boolean
  target: boolean
  movingId: string | null
  /** The card in hand may be dropped here. */
  open: boolean
  onGrab: (row: Row | null) => void
  onOver: () => void
  onDrop: () => void
  onKey: (event: React.KeyboardEvent, row: Row) => void
}

function StageColumn(props: ColumnProps) {
  const { stage, count, show, params, hidden, asOf, readOnly, target, open } = props
  const { t } = useWords()
  const total = hidden ? 0 : (count?.rows ?? 0)
  const scroller = useRef<HTMLDivElement>(null)
  const [view, setView] = useState({ top: 0, height: 700 })
  const { data, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery({
    ...rowsQuery({ params, sort: 'start_due', asOf }),
    enabled: total > 0,
  })
  const rows = useMemo(() => data?.pages.flatMap((p) => p.items) ?? [], [data])
  const window = shown(view.top, view.height, CARD, total, 3)
  const short = rows.length < Math.min(window.end, total) && hasNextPage && !isFetching
  useEffect(() => {
    if (short) void fetchNextPage()
  }, [short, fetchNextPage])
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const measure = () => setView({ top: element.scrollTop, height: element.clientHeight })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const word = show.registers.word('stages', stage)
  const drawn = Array.from({ length: window.end - window.first }, (_, i) => window.first + i)
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a place to drop; M and the arrows do the same
    <section
      className={`pj-column${target && open ? ' pj-target' : ''}${props.movingId && !open ? ' pj-shut' : ''}`}
      aria-label={word}
      onDragOver={(e) => {
        if (!open) return
        e.preventDefault()
        if (!target) props.onOver()
      }}
      onDrop={(e) => {
        e.preventDefault()
        props.onDrop()
      }}
    >
      <header>
        <h2>
          {word} <b>{total.toLocaleString('en-US')}</b>
        </h2>
        <p>{count && !hidden ? show.units.moneyShort(count.investment) : ' '}</p>
      </header>
      <div ref={scroller} className="pj-columnscroll" tabIndex={-1} onScroll={(e) => setView((v) => ({ ...v, top: e.currentTarget.scrollTop }))}>
        {total === 0 && <p className="pj-none">{t('board.empty')}</p>}
        <ul style={{ height: total * CARD }}>
          {drawn.map((i) => {
            const row = rows[i]
            return (
              <li key={row?.id ?? i} style={{ top: i * CARD, height: CARD }}>
                {row ? <BoardCard row={row} show={show} readOnly={readOnly} inHand={props.movingId === row.id} asOf={asOf} onGrab={props.onGrab} onKey={props.onKey} /> : <div className="pj-skeleton pj-short" aria-busy="true" />}
              </li>
            )
          })}
        </ul>
      </div>
    </section>
  )
}

interface CardProps {
  row: Row
  show: Show
  readOnly: boolean
  inHand: boolean
  asOf: string | null
  onGrab: (row: Row | null) => void
  onKey: (event: React.KeyboardEvent, row: Row) => void
}

function BoardCard({ row, show, readOnly, inHand, asOf, onGrab, onKey }: CardProps) {
  const { t } = useWords()
  return (
    <Link
      className={`pj-boardcard${inHand ? ' pj-inhand' : ''}`}
      to={`/projects/${row.id}${asOf ? `?as_of=${asOf}` : ''}`}
      draggable={!readOnly}
      aria-keyshortcuts={readOnly ? undefined : 'M'}
      onDragStart={(e) => {
        e.dataTransfer.effectAllowed = 'move'
        e.dataTransfer.setData('text/plain', row.name)
        // Chromium ends a drag whose element changes while it starts.
        setTimeout(() => onGrab(row))
      }}
      onDragEnd={() => onGrab(null)}
      onKeyDown={(e) => onKey(e, row)}
      title={[row.name, show.registers.word('divisions', row.division), show.units.moneyShort(row.investment)].filter(Boolean).join(' · ')}
    >
      <b>{row.name}</b>
      <span>
        {show.units.moneyShort(row.investment) || '—'} · {show.registers.word('divisions', row.division) || '—'}
      </span>
      <span>
        <NextDue row={row} show={show} />
        {row.status !== 'active' && <em> · {show.registers.word('statuses', row.status)}</em>}
      </span>
      {row.suggested && (
        <small className="pj-amber">
          ▲ {t('grid.suggested', { stage: show.registers.word('stages', row.suggested) })}
        </small>
      )}
    </Link>
  )
}
