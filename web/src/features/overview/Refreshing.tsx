/** Some forecasts are not yet of today: how far their recomputation has come. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { get, keys } from '../../shared/api'
import type { components } from '../../shared/api/schema'
import { shortDay } from '../../shared/ui'
import { useWords } from '../../shared/words'

const POLL_MS = 1_500

export function Refreshing({ of, today }: { of: string; today: string }) {
  const { t } = useWords()
  const client = useQueryClient()
  const status = useQuery({
    queryKey: ['forecast', 'status'],
    queryFn: ({ signal }) => get<components['schemas']['ForecastStatus']>('/forecast/status', undefined, signal),
    refetchInterval: POLL_MS,
    retry: false,
  })
  const running = status.data?.running ?? false
  const ran = useRef(false)
  useEffect(() => {
    if (ran.current && !running) void client.invalidateQueries({ queryKey: keys.overview })
    ran.current = running
  }, [running, client])
  const { done = 0, total = 0 } = status.data ?? {}
  return (
    <p className="reds-refresh" role="status">
      {t('overview.refreshing', { day: shortDay(of, today) })}
      {running && total > 0 && (
        <>
          {' '}
          <progress max={total} value={done} aria-label={t('overview.refreshed', { done, total })} /> {t('overview.refreshed', { done, total })}
        </>
      )}
    </p>
  )
}
