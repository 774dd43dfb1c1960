/** The office at a glance: three watches, the stages, the towns, and what wants a look. Every figure opens its list. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { Link, useNavigate } from 'react-router'
import { get, keys, type Overview, Refused, useCan, useMe } from '../../shared/api'
import { PageHead } from '../../shared/shell'
import { Empty, Failed, Loading, pathWith, useScope } from '../../shared/ui'
import { useWords } from '../../shared/words'
import { Breakdowns } from './Breakdowns'
import { linksOf } from './links'
import { Lookout } from './Lookout'
import './overview.css'
import { Reds } from './Reds'
import { Stages } from './Stages'
import { Towns } from './Towns'
import { WatchColumn } from './WatchColumn'

export function OverviewPage() {
  const { t } = useWords()
  return (
    <>
      <PageHead title={t('overview.title')} />
      <Figures />
    </>
  )
}

function Figures() {
  const { scope } = useScope()
  const asked = useQuery({
    queryKey: [...keys.overview, scope],
    queryFn: ({ signal }) => get<Overview>('/overview', { ...scope }, signal),
    placeholderData: keepPreviousData,
    retry: (times, error) => times < 1 && !(error instanceof Refused && error.status > 0),
  })
  if (asked.isPending) return <Waiting />
  if (!asked.data) return <Failed error={asked.error} onAgain={() => void asked.refetch()} />
  if (asked.data.total.rows === 0) return <Nothing narrowed={Boolean(scope.division || scope.list || scope.as_of)} />
  return <Drawn overview={asked.data} stale={asked.isPlaceholderData} />
}

function Drawn({ overview, stale }: { overview: Overview; stale: boolean }) {
  const { scope } = useScope()
  const me = useMe()
  const links = linksOf(scope, overview.year, overview.today)
  // The target is the whole office's: a part of it is measured against its own plan.
  const part = Boolean(scope.division || scope.list) || me?.scope.whole === false
  return (
    <div className="overview" aria-busy={stale}>
      <div className="watches">
        {overview.watches.map((watch) => (
          <WatchColumn key={watch.key} watch={part ? { ...watch, target: null } : watch} year={overview.year} today={overview.today} links={links} />
        ))}
      </div>
      <Reds overview={overview} links={links} />
      <Stages overview={overview} links={links} />
      <div className="overview-lower">
        <Lookout overview={overview} links={links} since={me?.last_visit_feed ?? 0} />
        <Towns overview={overview} links={links} />
      </div>
      <Breakdowns overview={overview} links={links} />
    </div>
  )
}

function Waiting() {
  return (
    <div className="overview">
      <div className="watches watches-waiting">
        {[1, 2, 3].map((n) => (
          <section key={n} className="watch">
            <Loading rows={12} />
          </section>
        ))}
      </div>
    </div>
  )
}

/** An empty office is told what to do first; an empty scope, how to leave it. */
function Nothing({ narrowed }: { narrowed: boolean }) {
  const { t } = useWords()
  const navigate = useNavigate()
  const mayImport = useCan('import')
  if (narrowed) return <Empty title={t('overview.emptyScope')} says={t('overview.emptyScopeSays')} action={<Link to="/">{t('overview.emptyScopeBack')}</Link>} />
  return (
    <Empty
      title={t('overview.emptyTitle')}
      says={t('overview.emptySays')}
      action={
        mayImport ? (
          <>
            <Button type="primary" size="large" onClick={() => void navigate('/imports')}>
              {t('overview.emptyImport')}
            </Button>{' '}
            <Button size="large" onClick={() => void navigate(pathWith('/projects', null, { new: 1 }))}>
              {t('overview.emptyNew')}
            </Button>
          </>
        ) : null
      }
    />
  )
}
