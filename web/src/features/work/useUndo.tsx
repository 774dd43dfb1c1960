/** What was recorded here can be taken back: by the message's button, or by Ctrl+Z. */
import { App, Button } from 'antd'
import { useCallback, useEffect, useRef } from 'react'
import { Refused } from '../../shared/api'
import { undo } from './api'
import { useWords } from './words'

const SHOWN_SECONDS = 8

interface Step {
  feed: number
  label: string
}

const isTyping = (target: EventTarget | null) => target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) && (target as HTMLInputElement).type !== 'checkbox')

export function useUndo(onDone: () => void): (feed: number, label: string) => void {
  const { message } = App.useApp()
  const { t } = useWords()
  const steps = useRef<Step[]>([])
  const back = useCallback(
    async (step: Step) => {
      steps.current = steps.current.filter((s) => s.feed !== step.feed)
      message.destroy(`work-${step.feed}`)
      try {
        await undo(step.feed)
        void message.success(t('commit.undone', { label: step.label }))
      } catch (error) {
        const why = error instanceof Refused ? (error.problems[0]?.title ?? error.problem.title ?? '') : ''
        void message.error(t('commit.notUndone', { why }), SHOWN_SECONDS)
      }
      onDone()
    },
    [message, t, onDone],
  )
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const last = steps.current.at(-1)
      if (!last || event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey || isTyping(event.target)) return
      event.preventDefault()
      void back(last)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [back])
  return useCallback(
    (feed, label) => {
      const step = { feed, label }
      steps.current = [...steps.current, step]
      void message.open({
        key: `work-${feed}`,
        type: 'success',
        duration: SHOWN_SECONDS,
        content: (
          <>
            {label}
            <Button type="link" size="small" onClick={() => void back(step)}>
              {t('commit.undo')} <kbd>Ctrl Z</kbd>
            </Button>
          </>
        ),
      })
    },
    [message, back, t],
  )
}
