/** The title line with which every page begins, and the band that says when one looks at a past day. */
import { useEffect } from 'react'
import { useMe } from '../api'
import { useScope } from '../ui'
import { useWords } from '../words'
import { ScopeBar, type ScopePart } from './ScopeBar'
import { Search } from './Search'
import { UserMenu } from './UserMenu'

const EVERY_SCOPE: readonly ScopePart[] = ['division', 'year', 'as_of', 'list']

/** The title line of a page, its one `h1`. `scope`: which parts of the scope the page obeys. */
export function PageHead({ title, scope = EVERY_SCOPE, children }: { title: string; scope?: readonly ScopePart[]; children?: React.ReactNode }) {
  const { t } = useWords()
  const me = useMe()
  useEffect(() => {
    document.title = `${title} · ${t('common.product')}`
  }, [title, t])
  return (
    <>
      <header className="page-head">
        <h1>{title}</h1>
        {scope.length ? <ScopeBar parts={scope} /> : null}
        {children}
        {me?.office.demo ? <span className="page-note">{t('shell.demo')}</span> : null}
        <span className="page-gap" />
        {me?.can.includes('read_projects') ? <Search /> : null}
        <UserMenu />
      </header>
      {scope.includes('as_of') ? <AsOfBand /> : null}
    </>
  )
}

/** While one looks at a past day, every figure says so. */
export function AsOfBand() {
  const { t } = useWords()
  const { scope, setScope } = useScope()
  if (!scope.as_of) return null
  return (
    <div className="as-of-band" role="status">
      <span>{t('shell.asOfBand', { day: scope.as_of })}</span>
      <button type="button" className="link-button" onClick={() => setScope({ as_of: null })}>
        {t('shell.asOfBack')}
      </button>
    </div>
  )
}
