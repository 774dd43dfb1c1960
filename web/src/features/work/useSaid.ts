/** A line's numbers in words. */
import { shortDay } from '../../shared/ui'
import type { WorkItem } from './api'
import { useWords } from './words'

export function useSaid(today: string) {
  const { t } = useWords()
  const unit = (row: WorkItem) => (row.limit && 'cd' in row.limit ? t('row.cd') : t('row.wd'))
  const allowed = (row: WorkItem): number | null => (row.limit ? ('cd' in row.limit ? row.limit.cd : row.limit.wd) : null)
  return {
    state(row: WorkItem): string {
      if (row.formality === null) return row.state === 'running' ? t('row.doing') : t('row.readyStep')
      switch (row.state) {
        case 'paused':
          return row.pause ? t(`row.${row.pause}`) : t('row.owner')
        case 'promised':
          return row.overdue ? t('row.promiseOver', { n: row.overdue }) : t('row.promise')
        case 'undated':
          return t('row.undated')
        case 'ready':
        case 'reopened':
        case 'returned':
        case 'refused':
        case 'running':
          return t(`row.${row.state}`)
      }
    },
    mover: (row: WorkItem): string => t(`row.${row.mover}`),
    used(row: WorkItem): string {
      const most = allowed(row)
      if (row.run === null) return most === null ? '—' : `—/${most}`
      return most === null ? String(row.run) : `${row.run}/${most}`
    },
    left(row: WorkItem): string {
      if (row.state === 'promised') return ''
      if (row.overdue) return t('row.over', { n: row.overdue, unit: row.formality === null ? t('row.cd') : unit(row) })
      if (row.left === null) return ''
      return row.left === 0 ? t('row.last') : t('row.left', { n: row.left, unit: unit(row) })
    },
    /** The limit's day and the promised one. */
    dues(row: WorkItem): string {
      const law = row.limit_day ? t('row.law', { day: shortDay(row.limit_day, today) }) : ''
      const promised = row.promised ? t('row.promised', { day: shortDay(row.promised, today) }) : ''
      return [law, promised].filter(Boolean).join(' · ')
    },
  }
}
