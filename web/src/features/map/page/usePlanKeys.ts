/** Undo, redo, and the page's own keys, wherever in the map one is; not while somebody types. */
import { useEffect } from 'react'
import type { ProjectRoom } from '../../../shared/project'
import type { WhatIf } from './useWhatIf'

const isTyping = (target: EventTarget | null) => target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement

export function usePlanKeys(room: ProjectRoom, whatIf: WhatIf) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || isTyping(event.target)) return
      const key = event.key.toLowerCase()
      const back = key === 'z' && !event.shiftKey
      if (!back && !(key === 'y' || (key === 'z' && event.shiftKey))) return
      event.preventDefault()
      if (back && whatIf.on && whatIf.edits.length) whatIf.takeLast()
      else if (back) room.back()
      else room.forth()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [room, whatIf])
}
