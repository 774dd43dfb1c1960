/** Finds a project from anywhere: `/` to begin, arrows and Enter to open, Enter alone for the whole list. */
import { useQuery } from '@tanstack/react-query'
import { AutoComplete, Input, type InputRef } from 'antd'
import { useDeferredValue, useEffect, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { get, keys, useSay } from '../api'
import { KeyHint, pathWith, useScope } from '../ui'
import { useWords } from '../words'
import { SearchIcon } from './icons'

interface Found {
  id: string
  name: string
  code: string
  division: string | null
  stage: string
}

const SHOWN = 8
/** The line that opens the whole list. */
const ALL = ':all'

export function Search() {
  const { t } = useWords()
  const say = useSay()
  const navigate = useNavigate()
  const { scope } = useScope()
  const box = useRef<InputRef>(null)
  const [text, setText] = useState('')
  const asked = useDeferredValue(text.trim())
  const found = useQuery({
    queryKey: [...keys.projects, 'search', asked],
    queryFn: ({ signal }) => get<{ items: Found[] }>('/projects', { q: asked, limit: SHOWN }, signal),
    enabled: asked.length > 0,
    placeholderData: (before) => before,
  })
  useEffect(() => {
    const begin = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return
      const at = event.target as HTMLElement
      if (at.closest('input, textarea, select, [contenteditable=true], [role=dialog]')) return
      event.preventDefault()
      box.current?.focus({ cursor: 'all' })
    }
    addEventListener('keydown', begin)
    return () => removeEventListener('keydown', begin)
  }, [])
  const open = (value: string) => {
    const path = value === ALL ? pathWith('/projects', { ...scope, year: null }, { q: text.trim() }) : pathWith(`/projects/${value}`, null, { as_of: scope.as_of })
    setText('')
    box.current?.blur()
    void navigate(path)
  }
  const lines = asked
    ? [
        ...(found.data?.items ?? []).map((p) => ({
          value: p.id,
          label: (
            <span className="search-line">
              <b>{p.name}</b>
              <small>{[say('divisions', p.division), say('stages', p.stage), p.code].filter(Boolean).join(' · ')}</small>
            </span>
          ),
        })),
        { value: ALL, label: t('shell.searchFor', { text: asked }) },
      ]
    : []
  return (
    <search className="search">
      <AutoComplete
        value={text}
        options={lines}
        onChange={(value: string) => setText(lines.some((l) => l.value === value) ? text : value)}
        onSelect={open}
        popupMatchSelectWidth={380}
        defaultActiveFirstOption={false}
        style={{ width: '100%' }}
      >
        <Input
          ref={box}
          aria-label={t('shell.search')}
          placeholder={t('shell.search')}
          prefix={<SearchIcon />}
          suffix={<KeyHint>/</KeyHint>}
          onPressEnter={(e) => {
            const active = e.currentTarget.getAttribute('aria-activedescendant')
            if (text.trim() && !document.querySelector('.ant-select-item-option-active')) {
              e.stopPropagation()
              open(ALL)
            } else if (!active && text.trim()) open(ALL)
          }}
          onKeyDown={(e) => {
            if (e.key === 'Escape') {
              setText('')
              box.current?.blur()
            }
          }}
        />
      </AutoComplete>
    </search>
  )
}
