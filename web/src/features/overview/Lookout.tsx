/** What wants a look: facts that do not fit together, and what changed while one was away. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from 'react-router'
import { keys, type Overview, send } from '../../shared/api'
import { count } from '../../shared/ui'
import { useWords } from '../../shared/words'
import type { Links } from './links'

export function Lookout({ overview, links, since }: { overview: Overview; links: Links; since: number }) {
  const { t } = useWords()
  const client = useQueryClient()
  const seen = useMutation({
    mutationFn: () => send('POST', '/visit', { feed: overview.feed }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keys.session })
      await client.invalidateQueries({ queryKey: keys.overview })
    },
  })
  const stopped = overview.by_status.filter((c) => c.key === 'halted' || c.key === 'deferred').reduce((sum, c) => sum + c.rows, 0)
  const lines = [
    { key: 'statistics', n: overview.not_in_statistics, title: t('overview.notInStat'), says: t('overview.notInStatSays'), to: links.list({ due: 'not_in_statistics' }) },
    { key: 'differs', n: overview.suggested_differs, title: t('overview.differs'), says: t('overview.differsSays'), to: links.list({ suggested_differs: 1 }) },
    { key: 'stopped', n: stopped, title: t('overview.halted'), says: t('overview.haltedSays'), to: links.list({ status: 'halted,deferred' }) },
    { key: 'changed', n: overview.changed_since_visit, title: t('overview.changed'), says: t('overview.changedSays'), to: links.list({ changed_since: since, division: null, list: null, as_of: null }) },
  ]
  return (
    <section className="lookout" aria-labelledby="lookout-title">
      <h2 id="lookout-title">{t('overview.todo')}</h2>
      <ul>
        {lines.map(({ key, n, title, says, to }) => (
          <li key={key}>
            <Link to={to}>
              <b className="num">{count(n)}</b>
              <span>
                {title}
                <small>{says}</small>
              </span>
            </Link>
            {key === 'changed' && n > 0 ? (
              <button type="button" className="link-button" disabled={seen.isPending} onClick={() => seen.mutate()}>
                {t('overview.changedSeen')}
              </button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
