/** /projects/map: the map of all projects, under the scope and the filters of the list. */
import { lazy, Suspense, useCallback, useMemo } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { useFeed, useMe, useSay } from '../../../shared/api'
import { PageHead } from '../../../shared/shell'
import { Empty, Failed, Loading } from '../../../shared/ui'
import { useQueryClient } from '@tanstack/react-query'
import { dayOf } from '../canvas/day'
import { GROUPINGS, type Grouping, portfolioRow, type Sort, SORTS } from './portfolio'
import { PortfolioMap } from './PortfolioMap'
import { filtersOf, useAllRows } from './queries'
import { useWords } from './words'

const AllSheets = lazy(() => import('./AllSheets').then((m) => ({ default: m.AllSheets })))

export function AllPage() {
  const { t } = useWords()
  return (
    <>
      <PageHead title={t('all.title')} scope={['division', 'as_of', 'list']} />
      <Known />
    </>
  )
}

function Known() {
  const { t } = useWords()
  const me = useMe()
  const say = useSay()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [params, setParams] = useSearchParams()
  const filters = filtersOf(params)
  const all = useAllRows(filters)
  useFeed(useCallback(() => void client.invalidateQueries({ queryKey: ['projects', 'map'] }), [client]))
  const today = params.get('as_of') ?? me?.today ?? ''
  const rows = useMemo(() => (today ? all.rows.map((r) => portfolioRow(r, dayOf(today))) : []), [all.rows, today])
  const orgs = useMemo(() => new Map(all.rows.map((r) => [r.lead_org ?? '', r.lead_org_name ?? ''])), [all.rows])
  const group = GROUPINGS.find((g) => g === params.get('by')) ?? 'division'
  const sort = SORTS.find((s) => s === params.get('order')) ?? 'late'
  const set = (key: string, value: string | null) =>
    setParams(
      (now) => {
        const next = new URLSearchParams(now)
        if (value) next.set(key, value)
        else next.delete(key)
        return next
      },
      { replace: true },
    )
  const groupWord = useCallback((by: Grouping, key: string) => (by === 'division' ? say('divisions', key) : by === 'industry' ? say('industries', key) : (orgs.get(key) || key)), [say, orgs])
  if (all.isError && rows.length === 0) return <Failed error={all.error} onAgain={() => void all.refetch()} />
  if (!all.data || !me) return <Loading rows={14} />
  if (rows.length === 0) return <Empty title={t('all.empty')} says={t('all.emptySays')} action={<Link to="/projects">{t('all.table')}</Link>} />
  const shared = { rows, today: dayOf(today), group, sort, groupWord }
  if (params.has('paper')) {
    return (
      <Suspense fallback={<Loading rows={10} />}>
        <AllSheets {...shared} stageWord={(s) => say('stages', s)} onBack={() => set('paper', null)} />
      </Suspense>
    )
  }
  return (
    <PortfolioMap
      {...shared}
      onGroup={(g: Grouping) => set('by', g)}
      onSort={(s: Sort) => set('order', s)}
      stageWord={(s) => say('stages', s)}
      onOpen={(id) => void navigate(`/projects/${id}`)}
      onPrint={() => set('paper', 'a0')}
      tools={
        <>
          <Views filters={filters} />
          {all.complete ? null : <span className="muted">{t('all.reading', { n: rows.length })}</span>}
        </>
      }
    />
  )
}

/** The same projects as a table, a board, a map. */
function Views({ filters }: { filters: string }) {
  const { t } = useWords()
  const search = filters && `?${filters}`
  return (
    <nav className="pm-views" aria-label={t('all.views')}>
      <Link to={`/projects${search}`}>{t('all.table')}</Link>
      <Link to={`/projects/board${search}`}>{t('all.board')}</Link>
      <Link to={`/projects/map${search}`} aria-current="page">
        {t('all.map')}
      </Link>
    </nav>
  )
}
