/** The one shell: rail, title line with scope, search, user; at 390 the rail lies at the bottom. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef } from 'react'
import { NavLink, Outlet, useLocation } from 'react-router'
import { get, keys, type Right, useFeed, useMe, type WorkWaiting } from '../shared/api'
import { AdminIcon, ImportIcon, Mark, OverviewIcon, ProjectsIcon, WorkIcon } from '../shared/shell/icons'
import { pathWith, readScope } from '../shared/ui'
import { useWords, type WordKey } from '../shared/words'
import './shell.css'

interface Place {
  to: string
  word: WordKey
  icon: () => React.ReactNode
  /** Any of these opens the door. */
  rights: readonly Right[]
  last?: boolean
}

const PLACES: readonly Place[] = [
  { to: '/', word: 'shell.overview', icon: OverviewIcon, rights: ['read_projects'] },
  { to: '/projects', word: 'shell.projects', icon: ProjectsIcon, rights: ['read_projects'] },
  { to: '/work', word: 'shell.work', icon: WorkIcon, rights: ['read_projects'] },
  { to: '/imports', word: 'shell.imports', icon: ImportIcon, rights: ['import'] },
  { to: '/admin', word: 'shell.admin', icon: AdminIcon, rights: ['manage_users', 'manage_orgs', 'manage_packs', 'audit'], last: true },
]

/** How much waits: a department's own in hand; for the office itself what is past its limit. */
function WorkCount() {
  const { t } = useWords()
  const client = useQueryClient()
  useFeed(useCallback(() => void client.invalidateQueries({ queryKey: keys.work }), [client]))
  const { data } = useQuery({ queryKey: [...keys.work, 'count'], queryFn: ({ signal }) => get<WorkWaiting>('/work/count', {}, signal), refetchInterval: 5 * 60_000 })
  const n = data ? (data.own ? data.in_hand : data.overdue) : 0
  if (!data || n === 0) return null
  return (
    <b className={data.overdue ? 'rail-count rail-late' : 'rail-count'} title={t(data.own ? 'shell.workCount' : 'shell.workLate', { n })}>
      {n > 999 ? '999+' : n}
    </b>
  )
}

function Rail() {
  const { t } = useWords()
  const me = useMe()
  const { search } = useLocation()
  const scope = readScope(new URLSearchParams(search))
  const open = PLACES.filter((p) => p.rights.some((r) => me?.can.includes(r)))
  return (
    <nav className="rail" aria-label={t('shell.nav')}>
      <NavLink className="rail-mark" to={pathWith('/', scope)} aria-label={t('common.product')} tabIndex={-1}>
        <Mark />
      </NavLink>
      {open.map(({ to, word, icon: Icon, last }) => (
        <NavLink key={to} to={pathWith(to, scope)} end={to === '/'} className={last ? 'rail-item rail-last' : 'rail-item'}>
          <Icon />
          <span>{t(word)}</span>
          {to === '/work' ? <WorkCount /> : null}
        </NavLink>
      ))}
    </nav>
  )
}

export function Shell() {
  const { t } = useWords()
  const main = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  const before = useRef(pathname)
  useEffect(() => {
    // A new screen is read from its start; filters within one leave the focus alone.
    if (before.current !== pathname) main.current?.scrollTo(0, 0)
    before.current = pathname
  }, [pathname])
  return (
    <div className="shell">
      <a className="skip" href="#main" onClick={(e) => (e.preventDefault(), main.current?.focus())}>
        {t('shell.skip')}
      </a>
      <Rail />
      <main id="main" ref={main} tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  )
}
