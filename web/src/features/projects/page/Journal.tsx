/** What happened to a project: what, before → after, who, when, why; newest first. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { journalQuery } from '../api/queries'
import { difference } from '../model/difference'
import { type Show, valueText } from '../show'
import { useWords } from '../words'

export function Journal({ id, show, asOf }: { id: string; show: Show; asOf: string | null }) {
  const { t, fieldWord, has } = useWords()
  const { data, isPending, isError, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(journalQuery(id))
  // Several acts of one transaction on one project are one entry: `edit+move_stage`.
  const actWord = (acts: string) =>
    acts
      .split('+')
      .map((a) => (has(`journal.act.${a}`) ? t(`journal.act.${a}`) : a))
      .join(t('comma'))
  const entries = (data?.pages.flatMap((p) => p.items) ?? []).filter((e) => asOf === null || e.day <= asOf)
  return (
    <section className="pj-part pj-journal">
      <h2>{t('journal.title')}</h2>
      {isPending && <div className="pj-skeleton pj-short" aria-busy="true" />}
      {isError && <p role="alert">{t('error.title')}</p>}
      <ol>
        {entries.map((e) => (
          <li key={`${e.feed}-${e.seq}`}>
            <div className="pj-when">
              <time dateTime={e.at}>{e.day}</time>
              <small>{has(`journal.actor.${e.actor}`) ? t(`journal.actor.${e.actor}`) : e.actor}</small>
            </div>
            <div>
              <b>{actWord(e.act)}</b>
              {e.on && e.on !== e.day && <span className="pj-aside"> {t('journal.on', { day: e.on })}</span>}
              {e.basis && e.act !== 'undo' && <span className="pj-basis">{t('journal.basis', { basis: e.basis })}</span>}
              <dl>
                {e.changes.map((c) => ({ field: c.field, label: c.label, ...difference(c.field, c.before, c.after) })).map((c) => (
                  <div key={c.field}>
                    <dt>{c.label ?? fieldWord(c.field)}</dt>
                    <dd>
                      {!isNothing(c.before) && (
                        <>
                          <s>{valueText(c.field, c.before, show, t)}</s>
                          <span aria-hidden="true"> → </span>
                        </>
                      )}
                      <ins>{isNothing(c.after) && !isNothing(c.before) ? t('journal.taken') : valueText(c.field, c.after, show, t)}</ins>
                    </dd>
                  </div>
                ))}
              </dl>
            </div>
          </li>
        ))}
      </ol>
      {hasNextPage && (
        <Button size="small" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('journal.more')}
        </Button>
      )}
    </section>
  )
}

const isNothing = (value: unknown) =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0) || (typeof value === 'object' && Object.keys(value).length === 0)
