/** The tabs of a project's page: its card first, then what other features bring. The address says which one is open. */
import { type KeyboardEvent, useRef } from 'react'
import { type ProjectTab, useProjectTabs } from '../../../shared/project'
import { useUrlState } from '../../../shared/ui'
import { useWords } from '../words'

export function useTab(): ProjectTab | undefined {
  const tabs = useProjectTabs()
  const [open] = useUrlState('tab')
  return tabs.find((tab) => tab.key === open)
}

export function TabStrip() {
  const { t, lang } = useWords()
  const brought = useProjectTabs()
  const open = useTab()?.key ?? ''
  const [, choose] = useUrlState('tab', { push: true })
  const list = useRef<HTMLDivElement>(null)
  if (!brought.length) return null
  const tabs = [{ key: '', name: t('page.tabCard') }, ...brought.map((tab) => ({ key: tab.key, name: tab.word[lang] }))]
  const walk = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (!by) return
    event.preventDefault()
    const at = (tabs.findIndex((tab) => tab.key === open) + by + tabs.length) % tabs.length
    choose(tabs[at]?.key || null)
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[at]?.focus()
  }
  return (
    <div className="pj-pagetabs" role="tablist" aria-label={t('page.tabs')} ref={list}>
      {tabs.map((tab) => (
        <button key={tab.key} type="button" role="tab" aria-selected={tab.key === open} tabIndex={tab.key === open ? 0 : -1} onClick={() => choose(tab.key || null)} onKeyDown={walk}>
          {tab.name}
        </button>
      ))}
    </div>
  )
}
