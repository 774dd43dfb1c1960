/** Undo for this sitting: a bar says what was done and takes it back; Ctrl+Z does the same. Shared by grid, board and page. */
import { useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { createContext, useCallback, useContext, useMemo } from 'react'
import { Refused } from '../../shared/api'
import { keys, undoTransaction } from './api/queries'
import { drop, emptyStack, push, top, type UndoStack } from './model/undo'
import { useWords } from './words'

interface Undo {
  /** Records a step and shows its message with the way back. */
  did: (feed: number, label: string, again?: () => Promise<void>) => void
  /** Takes the newest step back. */
  back: () => void
  /** Does again what was taken back last, where that can be done. */
  forth: () => void
}

const Context = createContext<Undo | null>(null)

export function useUndo(): Undo {
  const undo = useContext(Context)
  if (!undo) throw new Error('useUndo outside of UndoProvider')
  return undo
}

const SHOWN_SECONDS = 8
const messageOf = (feed: number) => `undo-${feed}`

/** One stack per sitting, whichever screen is open. */
const stack: { current: UndoStack } = { current: emptyStack }
/** What was taken back and can be done again, newest last; gone with the next new step. */
const taken: { current: (() => Promise<void>)[]; redoing: boolean } = { current: [], redoing: false }

export function UndoProvider({ children }: { children: React.ReactNode }) {
  const { message } = App.useApp()
  const { t, fieldWord } = useWords()
  const client = useQueryClient()

  const takeBack = useCallback(
    async (feed: number, label: string) => {
      message.destroy(messageOf(feed))
      try {
        const { body } = await undoTransaction(feed)
        const again = stack.current.steps.find((s) => s.feed === feed)?.again
        if (again) taken.current = [...taken.current, again]
        stack.current = drop(stack.current, feed)
        void message.success(t('undo.done', { label, count: body.undone }))
      } catch (error) {
        stack.current = drop(stack.current, feed)
        const stale = error instanceof Refused ? error.problem.stale : undefined
        const why = stale
          ? t('undo.stale', { by: stale.by, fields: stale.fields.map(fieldWord).join(t('comma')) })
          : error instanceof Refused
            ? (error.problem.title ?? '')
            : t('act.offline')
        void message.error(t('undo.refused', { why }), SHOWN_SECONDS)
      }
      void client.invalidateQueries({ queryKey: keys.all })
    },
    [client, message, t, fieldWord],
  )

  const did = useCallback(
    (feed: number, label: string, again?: () => Promise<void>) => {
      if (!feed) return
      if (!taken.redoing) taken.current = []
      // The newest step's message takes the place of the one before.
      const before = top(stack.current)
      if (before) message.destroy(messageOf(before.feed))
      stack.current = push(stack.current, { feed, label, ...(again ? { again } : {}) })
      void message.open({
        key: messageOf(feed),
        type: 'success',
        duration: SHOWN_SECONDS,
        content: (
          <>
            {label}
            <Button type="link" size="small" onClick={() => void takeBack(feed, label)}>
              {t('undo.undo')} <kbd>Ctrl Z</kbd>
            </Button>
          </>
        ),
      })
    },
    [message, t, takeBack],
  )

  const back = useCallback(() => {
    const step = top(stack.current)
    if (step) void takeBack(step.feed, step.label)
    else void message.info(t('undo.nothing'))
  }, [message, t, takeBack])

  const forth = useCallback(async () => {
    const again = taken.current.at(-1)
    if (!again || taken.redoing) return
    taken.current = taken.current.slice(0, -1)
    taken.redoing = true
    await again().finally(() => (taken.redoing = false))
  }, [])

  const undo = useMemo(() => ({ did, back, forth: () => void forth() }), [did, back, forth])
  return <Context.Provider value={undo}>{children}</Context.Provider>
}
