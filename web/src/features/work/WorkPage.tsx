/** 待办: what waits for a department, since when, how much of its limit is used, and what it has cost whose start. */
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useCallback, useMemo, useState } from 'react'
import { useSearchParams } from 'react-router'
import { keys, useCan, useFeed } from '../../shared/api'
import { PageHead } from '../../shared/shell'
import { Empty, Failed, Loading, useNarrow, withParams } from '../../shared/ui'
import { type Asked, readPage, workKey, type WorkItem } from './api'
import { DecideSheet } from './DecideSheet'
import { Filters } from './Filters'
import { Sums } from './Sums'
import { Table } from './Table'
import { useUndo } from './useUndo'
import { useWords } from './words'
import './work.css'

const FILTERS = ['group', 'light', 'kind', 'q', 'desk'] as const

function useAsked(): [Asked, (patch: Partial<Asked>) => void] {
  const [params, setParams] = useSearchParams()
  const asked = useMemo<Asked>(() => {
    const of = (key: keyof Asked) => params.get(key)
    return { desk: of('desk'), group: of('group'), light: of('light'), kind: of('kind'), division: of('division'), q: of('q'), soon: of('soon'), sort: of('sort') }
  }, [params])
  const set = useCallback((patch: Partial<Asked>) => setParams((now) => withParams(now, patch), { replace: true }), [setParams])
  return [asked, set]
}

export function WorkPage() {
  const { t } = useWords()
  return (
    <>
      <PageHead title={t('page.title')} scope={['division']} />
      <Queue />
    </>
  )
}

function Queue() {
  const { t } = useWords()
  const client = useQueryClient()
  const [asked, ask] = useAsked()
  const again = useCallback(() => void client.invalidateQueries({ queryKey: keys.work }), [client])
  useFeed(again)
  // Here, because the list below goes when its last line is done.
  const did = useUndo(again)
  const found = useInfiniteQuery({
    queryKey: workKey(asked),
    queryFn: ({ pageParam, signal }) => readPage(asked, pageParam, signal),
    initialPageParam: 0,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: (before) => before,
    refetchInterval: (query) => (query.state.data?.pages[0]?.behind ? 3_000 : false),
  })
  const first = found.data?.pages[0]
  const items = useMemo(() => found.data?.pages.flatMap((page) => page.items) ?? [], [found.data])
  if (found.isPending) return <Loading rows={14} />
  if (!first) return <Failed error={found.error} onAgain={() => void found.refetch()} />
  const filtered = FILTERS.some((key) => asked[key])
  const own = first.mine.length > 0 && first.chosen.length > 0 && first.chosen.every((key) => first.mine.includes(key))
  const chosen = first.desks.filter((desk) => first.chosen.includes(desk.key))
  const who = own ? t('page.mineName') : chosen.length === 1 ? (chosen[0]?.name ?? '') : t('page.allName')
  return (
    <div className="work" aria-busy={found.isPlaceholderData}>
      <Sums page={first} asked={asked} who={who} onAsk={ask} />
      <Filters page={first} asked={asked} onAsk={ask} />
      {first.behind ? <p className="work-behind" role="status">{t('page.behind')}</p> : null}
      {items.length === 0 ? (
        filtered ? (
          <Empty title={t('page.emptyFiltered')} says={t('page.emptyFilteredSays')} action={<Button onClick={() => ask({ group: null, light: null, kind: null, q: null, desk: null })}>{t('page.clear')}</Button>} />
        ) : (
          <Empty title={t('page.empty')} says={t('page.emptySays', { who })} />
        )
      ) : (
        <Desk items={items} today={first.today} soon={Number(asked.soon ?? 3)} sums={first.sums} everyone={first.chosen.length !== 1 && !own} onDid={did} onDone={again} />
      )}
      {found.hasNextPage ? (
        <p className="work-more">
          <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {t('page.more', { n: Math.min(300, first.rows - items.length), rows: first.rows })}
          </Button>
        </p>
      ) : null}
    </div>
  )
}

interface DeskProps {
  items: readonly WorkItem[]
  today: string
  soon: number
  sums: Parameters<typeof Sums>[0]['page']['sums']
  /** Lines of several departments stand together: each says whose it is. */
  everyone: boolean
  onDid: (feed: number, label: string) => void
  onDone: () => void
}

/** The list, what of it is chosen, and the sheet that records one fact for all of that. */
function Desk({ items, today, soon, sums, everyone, onDid, onDone }: DeskProps) {
  const { t } = useWords()
  const mayAct = useCan('edit_projects')
  const narrow = useNarrow()
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const [open, setOpen] = useState(false)
  // What has left the queue meanwhile is no longer chosen.
  const chosen = items.filter((item) => picked.has(item.key))
  const pick = (of: readonly string[], on: boolean) =>
    setPicked((now) => {
      const next = new Set(now)
      of.forEach((key) => (on ? next.add(key) : next.delete(key)))
      return next
    })
  const close = () => setOpen(false)
  return (
    <>
      <Table items={items} today={today} soon={soon} sums={sums} everyone={everyone} narrow={narrow} picked={picked} onPick={mayAct ? pick : null} onOpen={() => chosen.length && setOpen(true)} />
      {chosen.length ? (
        <div className="work-bar" role="region" aria-label={t('act.chosen', { n: chosen.length })}>
          <b>{t('act.chosen', { n: chosen.length })}</b>
          <Button type="primary" onClick={() => setOpen(true)}>
            {t('act.open', { n: chosen.length })}
          </Button>
          <Button onClick={() => setPicked(new Set())}>{t('act.unchoose')}</Button>
        </div>
      ) : null}
      {open && chosen.length ? (
        <DecideSheet
          items={chosen}
          today={today}
          onClose={close}
          onDrop={(key) => pick([key], false)}
          onStale={onDone}
          onDone={(feed, label) => {
            close()
            setPicked(new Set())
            onDid(feed, label)
            onDone()
          }}
        />
      ) : null}
    </>
  )
}
