/** The grid of all projects under one line of views; the card of the open one beside it. */
import { useQueryClient } from '@tanstack/react-query'
import { App, Button, Select } from 'antd'
import { useCallback, useMemo, useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { useActs } from '../acts/useActs'
import { NewProject } from '../acts/NewProject'
import { failureOf } from '../acts/form'
import { exportUrl, patchProject, useTotals } from '../api/queries'
import type { Row, SavedView, Totals } from '../api/types'
import { type Column, exportKey, fitted, type Layout, readLayout, shownColumns } from '../model/columns'
import type { Block } from '../model/clipboard'
import { type Laid, lay, readCell } from '../model/paste'
import { apiText, emptyQuery, filterText, GROUPINGS, type Grouping, type Query, readQuery, writeQuery } from '../model/query'
import { CardSheet } from '../sheet/CardSheet'
import { useAsOf, useMe, useNarrow, useShow } from '../shell'
import type { Show } from '../show'
import { useUndo } from '../undo'
import { useWords } from '../words'
import { BulkBar } from './BulkBar'
import { Chooser } from './Chooser'
import { Grid } from './Grid'
import { PasteDialog } from './PasteDialog'
import { PhoneList } from './PhoneList'
import { GroupSums, TotalLine } from './Sums'
import { Tabs } from './Tabs'
import { type Naming, useLines } from './useLines'
import { useLive } from './useLive'

const LAYOUT_KEY = 'lantu.projects.layout'

export function Pipeline() {
  const show = useShow()
  return show ? <Known show={show} /> : <div className="pj-skeleton" aria-busy="true" />
}

function Known({ show }: { show: Show }) {
  const { t } = useWords()
  const me = useMe()
  const asOf = useAsOf()
  const narrow = useNarrow()
  const { message } = App.useApp()
  const client = useQueryClient()
  const navigate = useNavigate()
  const undo = useUndo()
  const [params, setParams] = useSearchParams()
  const query = useMemo(() => readQuery(params), [params])
  const openId = params.get('open')
  const [layout, setLayout] = useLayout()
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [laid, setLaid] = useState<{ title: string; laid: Laid } | null>(null)
  const [creating, setCreating] = useState(false)
  const readOnly = asOf !== null || !(me?.can.includes('edit_projects') ?? false)

  const decides = me?.can.includes('decide') ?? false
  const creates = asOf === null && (me?.can.includes('import') ?? false)

  const onQuery = useCallback((next: Query) => setParams((p) => writeQuery(p, next), { replace: true }), [setParams])
  const onOpen = useCallback((id: string | null) => setParams((p) => withOpen(p, id), { replace: true }), [setParams])
  const naming = useNaming(show)
  const loaded = useLines(query, asOf, naming)
  const { lines, segments } = loaded
  const filters = apiText(query)
  const totals = useTotals(filters, asOf)
  const all = useTotals('', asOf)
  const columns = useMemo(
    () =>
      shownColumns(layout).map((c) => {
        const wide = fitted(c, t(`col.${c.key}`), c.register ? show.registers.options(c.register).map((o) => o.label) : [])
        return wide.decision && !decides ? { ...wide, field: undefined } : wide
      }),
    [layout, decides, show.registers, t],
  )

  const find = useCallback((id: string) => lines.row(lines.find((r) => r.id === id)), [lines])
  const { flashed, putRow, refresh } = useLive(find, asOf === null)
  const selectedRows = useMemo(
    () => (selected.size ? segments.flatMap((s) => s.rows.filter((r) => selected.has(r.id))) : []),
    [segments, selected],
  )
  const reload = useCallback(() => void client.invalidateQueries({ queryKey: ['projects'] }), [client])
  const acts = useActs(show, reload)

  const onEdit = async (row: Row, column: Column, text: string): Promise<string | null> => {
    const reading = readCell(text, column, show.registers.choicesOf(column), show.units, Number(show.today.slice(0, 4)))
    if (!reading.ok) return `${t(`problem.${reading.code}`)} ${t(`remedy.${reading.code}`)}`
    if (reading.value === column.value(row) || !column.field) return null
    try {
      const { body, feed } = await patchProject(row.id, row.seq, { [column.field]: reading.value })
      putRow(body.row)
      refresh()
      undo.did(body.feed || feed, t('undo.cell', { column: t(`col.${column.key}`), name: row.name }))
      return null
    } catch (error) {
      const failure = failureOf(error, t('act.offline'))
      if (!failure.stale) return failure.problems.map((p) => p.title).join(' ') || failure.title
      acts.tellStale(failure.stale)
      return null
    }
  }

  const onPaste = (block: Block, line: number, column: number) => {
    const result = lay(block, line, column, {
      rowAt: (l) => lines.row(l),
      isHead: (l) => lines.at(l)?.kind === 'group',
      lines: lines.length,
      columns,
      choicesOf: show.registers.choicesOf,
      units: show.units,
      year: Number(show.today.slice(0, 4)),
    })
    if (result.changes.length + result.problems.length === 0) void message.info(t('paste.same', { count: result.same }))
    else setLaid({ title: t('paste.title', { rows: block.length, columns: block[0]?.length ?? 0 }), laid: result })
  }

  const onView = (view: SavedView) => {
    onQuery(readQuery(new URLSearchParams(view.state.query)))
    setLayout(readLayout({ ...layout, shown: view.state.columns }))
  }

  const href = exportUrl(filters, query.sort, layout.shown.map(exportKey), asOf)
  return (
    <div className={`pj-page${openId && !narrow ? ' pj-with-sheet' : ''}`}>
      {loaded.loaders}
      <div className="pj-bar">
        <Tabs query={query} onQuery={onQuery} onView={onView} columns={layout.shown} lastVisit={me?.last_visit_feed ?? 0} asOf={asOf} />
        <div className="pj-tools">
          {!narrow && <span className="pj-unit">{t('grid.unit')}</span>}
          <Select
            size="small"
            value={query.group ?? ''}
            aria-label={t('group.label')}
            popupMatchSelectWidth={false}
            variant="borderless"
            options={[{ value: '', label: t('group.none') }, ...GROUPINGS.map((g) => ({ value: g, label: t(`group.${g}`) }))]}
            onChange={(g) => onQuery({ ...query, group: GROUPINGS.find((x) => x === g) ?? null })}
          />
          {!narrow && <Chooser layout={layout} onLayout={setLayout} />}
          <Link className="pj-link" to={{ pathname: '/projects/board', search: scoped(query, asOf) }}>
            {t('board.open')}
          </Link>
          {!narrow && (
            <Link className="pj-link" to={{ pathname: '/projects/map', search: scoped(query, asOf) }}>
              {t('board.map')}
            </Link>
          )}
          <Link className="pj-link" to={{ pathname: '/projects/matrix', search: scoped(query, asOf) }}>
            {t('matrix.open')}
          </Link>
          {!narrow && me?.can.includes('export') && (
            <a className="pj-link" href={href} download>
              {t('grid.export')}
            </a>
          )}
          {creates && (
            <Button size="small" type="primary" onClick={() => setCreating(true)}>
              {t('new.title')}
            </Button>
          )}
        </div>
      </div>
      <section className="pj-main">
        {loaded.awaited && (
          <p className="pj-awaited" role="status">
            {t('grid.awaited', { from: (loaded.awaited.from + 1).toLocaleString('en-US'), to: loaded.awaited.upto.toLocaleString('en-US') })}
          </p>
        )}
        {loaded.tooManyToGroup && <p className="pj-note">{t('group.tooMany')}</p>}
        {loaded.error ? (
          <LoadError error={loaded.error} onRetry={reload} />
        ) : narrow ? (
          <PhoneList loaded={loaded} show={show} query={query} onQuery={onQuery} totals={totals.data} empty={<Empty query={query} all={all.data} onQuery={onQuery} onNew={creates ? () => setCreating(true) : null} />} />
        ) : loaded.loading ? (
          <div className="pj-skeleton" aria-busy="true" aria-label={t('grid.loading')} />
        ) : (
          <Grid
            loaded={loaded}
            columns={columns}
            layout={layout}
            onLayout={setLayout}
            show={show}
            head={{ query, onQuery, show, asOf }}
            totalLine={<TotalLine columns={columns} units={show.units} totals={totals.data} all={all.data} />}
            groupSums={(segment) => <GroupSums ask={loaded.asks[segment] ?? ''} rows={query.group === 'group' ? segments[segment]?.rows : undefined} columns={columns} units={show.units} asOf={asOf} />}
            selected={selected}
            onSelected={setSelected}
            flashed={flashed}
            openId={openId}
            readOnly={readOnly}
            onOpen={(row) => onOpen(row.id)}
            onAct={(column, row) => decides && column.act && void acts.open(column.act, row)}
            onEdit={onEdit}
            onPaste={onPaste}
            onUndo={undo.back}
            empty={<Empty query={query} all={all.data} onQuery={onQuery} onNew={creates ? () => setCreating(true) : null} />}
          />
        )}
        {selected.size > 0 && !narrow && (
          <BulkBar
            rows={selectedRows}
            show={show}
            readOnly={readOnly}
            decides={decides}
            onLaid={(l) => setLaid({ title: t('bulk.title', { count: selected.size }), laid: l })}
            onAddToList={() => acts.addToList(selectedRows)}
            onMerge={() => acts.merge(selectedRows)}
            onClear={() => setSelected(new Set())}
          />
        )}
      </section>
      {openId && !narrow && (
        <CardSheet id={openId} show={show} readOnly={readOnly} onClose={() => onOpen(null)} onChanged={reload} />
      )}
      {laid && (
        <PasteDialog
          title={laid.title}
          laid={laid.laid}
          show={show}
          onClose={() => setLaid(null)}
          onReload={() => {
            setLaid(null)
            reload()
          }}
          onDone={(feed, rows, cells) => {
            setLaid(null)
            reload()
            undo.did(feed, t('undo.block', { rows, cells }))
          }}
        />
      )}
      {creating && (
        <NewProject
          show={show}
          onClose={() => setCreating(false)}
          onDone={(id) => {
            reload()
            void navigate(`/projects/${id}`)
          }}
        />
      )}
      {acts.dialog}
    </div>
  )
}

/** The filters with the as-of day: what the board opens with. */
const scoped = (query: Query, asOf: string | null) => {
  const params = new URLSearchParams(filterText(query))
  if (asOf) params.set('as_of', asOf)
  return params.toString()
}

function withOpen(params: URLSearchParams, id: string | null): URLSearchParams {
  const next = new URLSearchParams(params)
  if (id) next.set('open', id)
  else next.delete('open')
  return next
}

function useLayout(): [Layout, (layout: Layout) => void] {
  const [layout, set] = useState(() => {
    try {
      return readLayout(JSON.parse(localStorage.getItem(LAYOUT_KEY) ?? 'null'))
    } catch {
      return readLayout(null)
    }
  })
  return [
    layout,
    (next) => {
      set(next)
      try {
        localStorage.setItem(LAYOUT_KEY, JSON.stringify(next))
      } catch {
        // A browser without storage keeps the layout for this sitting only.
      }
    },
  ]
}

export function useNaming(show: Show): Naming {
  const { t } = useWords()
  return useMemo(() => {
    const register = { stage: 'stages', division: 'divisions', industry: 'industries' } as const
    return {
      titleOf: (grouping: Grouping, key: string | null) => {
        if (key === null) return t(`group.without.${grouping}`)
        return grouping === 'group' ? key.replace(/^[一二三四五六七八九十]+[、.]/, '') : show.registers.word(register[grouping], key)
      },
      orderOf: (grouping: Grouping, key: string) =>
        grouping === 'group' ? 0 : show.registers.choices(register[grouping]).findIndex((c) => c.key === key),
    }
  }, [show, t])
}

interface EmptyProps {
  query: Query
  all: Totals | undefined
  onQuery: (query: Query) => void
  onNew: (() => void) | null
}

function Empty({ query, all, onQuery, onNew }: EmptyProps) {
  const { t } = useWords()
  if (filterText(query) !== '') {
    return (
      <div className="pj-nothing">
        <p>{t('empty.filtered', { all: all?.rows.toLocaleString('en-US') ?? '' })}</p>
        <Button onClick={() => onQuery({ ...emptyQuery, sort: query.sort, group: query.group })}>{t('empty.clear')}</Button>
      </div>
    )
  }
  return (
    <div className="pj-nothing">
      <h2>{t('empty.title')}</h2>
      <p>{t('empty.first')}</p>
      <Link className="pj-button" to="/imports">
        {t('empty.import')}
      </Link>
      {onNew && <Button onClick={onNew}>{t('new.title')}</Button>}
    </div>
  )
}

function LoadError({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useWords()
  const failure = failureOf(error, t('act.offline'))
  return (
    <div className="pj-nothing" role="alert">
      <h2>{t('error.title')}</h2>
      <p>{failure.title}</p>
      <p>{t('error.safe')}</p>
      <Button onClick={onRetry}>{t('error.retry')}</Button>
    </div>
  )
}

