/** Changing a bar, by pointer or by keys: a ghost until it is let go, and nothing when it is cancelled. */
import { useCallback, useRef, useState } from 'react'
import type { Ghost } from './chart'
import { type Day, isoOf } from './day'
import type { MapEdit, MapModel, MapRow } from './model'
import { lastDay, workingDay, workingDays } from './offDays'
import { type Say, tableDay } from './say'

/** A change that is being made. */
export interface Change {
  kind: 'move' | 'days'
  row: MapRow
  start: Day
  finish: Day
  days: number
}

export function moved(model: MapModel, row: MapRow, start: Day): Change {
  const length = workingDays(model.offDays, row.start, row.finish)
  const begin = workingDay(model.offDays, start, 0)
  return { kind: 'move', row, start: begin, finish: row.event ? begin : lastDay(model.offDays, begin, length), days: row.days }
}

/** Another last day, told as days of work. */
export function stretched(model: MapModel, row: MapRow, finish: Day): Change {
  const to = Math.max(row.start, finish)
  const by = to >= row.finish ? workingDays(model.offDays, row.finish + 1, to) : -workingDays(model.offDays, to + 1, row.finish)
  const days = Math.max(1, row.days + by)
  return { kind: 'days', row, start: row.start, finish: workingDay(model.offDays, row.finish, days - row.days), days }
}

export const editOf = (change: Change): MapEdit | null => {
  const { row } = change
  if (change.kind === 'move') return change.start === row.start ? null : { kind: 'move', id: row.id, notBefore: isoOf(change.start) }
  return change.days === row.days ? null : { kind: 'days', id: row.id, days: change.days }
}

export function ghostOf(change: Change, t: Say): Ghost {
  const words = change.kind === 'move' ? t('ghost.move', { day: tableDay(change.start) }) : t('ghost.days', { n: change.days, day: tableDay(change.finish) })
  return { id: change.row.id, start: change.start, finish: change.finish, words }
}

interface Wanted {
  model: MapModel
  t: Say
  onEdit: ((edit: MapEdit) => void | Promise<void>) | undefined
}

export function useEdits({ model, t, onEdit }: Wanted) {
  const [ghost, setGhost] = useState<Ghost | null>(null)
  const [said, setSaid] = useState('')
  /** Kept beside the state: keys come faster than renders. */
  const change = useRef<Change | null>(null)

  const show = useCallback(
    (next: Change | null, aloud = false) => {
      change.current = next
      setGhost(next && ghostOf(next, t))
      if (!next || !aloud) return
      const { row } = next
      setSaid(next.kind === 'move' ? t('say.move', { name: row.name, day: isoOf(next.start) }) : t('say.days', { name: row.name, n: next.days, day: isoOf(next.finish) }))
    },
    [t],
  )
  const cancel = useCallback(() => {
    if (change.current || ghost) setSaid(t('say.cancelled'))
    show(null)
  }, [ghost, show, t])
  const commit = useCallback(() => {
    const edit = change.current && editOf(change.current)
    show(null)
    if (edit) void onEdit?.(edit)
  }, [onEdit, show])

  /** One working day more or less by keys; what has begun says that it cannot be moved. */
  const step = useCallback(
    (row: MapRow, kind: Change['kind'], by: number) => {
      if (!(kind === 'move' ? row.can.move : row.can.stretch)) return setSaid(kind === 'move' ? t('say.fixed', { name: row.name }) : '')
      const now = change.current?.row.id === row.id && change.current.kind === kind ? change.current : null
      if (kind === 'move') return show(moved(model, row, workingDay(model.offDays, now?.start ?? row.start, by)), true)
      const days = Math.max(1, (now?.days ?? row.days) + by)
      show({ kind, row, start: row.start, finish: workingDay(model.offDays, row.finish, days - row.days), days }, true)
    },
    [model, show, t],
  )
  return { ghost, setGhost, said, setSaid, show, cancel, commit, step, busy: change }
}

export type Edits = ReturnType<typeof useEdits>
