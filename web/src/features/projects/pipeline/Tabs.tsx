/** Quick views and saved views over the grid, with their counts. */
import { useQueryClient } from '@tanstack/react-query'
import { App, Button, Checkbox, Input, Modal, Popover } from 'antd'
import { useState } from 'react'
import { failureOf } from '../acts/form'
import { deleteView, keys, saveView, useTotals, useViews } from '../api/queries'
import type { SavedView } from '../api/types'
import { filterText, QUICK_VIEWS, type Query, queryText, quickQuery, quickViewOf, type QuickView } from '../model/query'
import { useWords } from '../words'
import { inPage } from './inPage'

interface TabsProps {
  query: Query
  onQuery: (query: Query) => void
  onView: (view: SavedView) => void
  columns: string[]
  lastVisit: number
  asOf: string | null
}

export function Tabs({ query, onQuery, onView, columns, lastVisit, asOf }: TabsProps) {
  const { t } = useWords()
  const views = useViews()
  const current = queryText(query)
  const saved = views.data?.find((v) => v.state.query === current)
  const quick = saved ? null : quickViewOf(query)
  return (
    <nav className="pj-tabs" aria-label={t('view.label')}>
      {QUICK_VIEWS.map((view) => (
        <QuickTab key={view} view={view} on={quick === view} lastVisit={lastVisit} asOf={asOf} onPick={() => onQuery({ ...quickQuery(view, lastVisit), group: query.group })} />
      ))}
      {views.data?.map((view) => (
        <SavedTab key={view.id} view={view} on={view.id === saved?.id} onPick={() => onView(view)} />
      ))}
      {!saved && current !== '' && <SaveView query={current} group={query.group} columns={columns} />}
    </nav>
  )
}

interface QuickTabProps {
  view: QuickView
  on: boolean
  lastVisit: number
  asOf: string | null
  onPick: () => void
}

function QuickTab({ view, on, lastVisit, asOf, onPick }: QuickTabProps) {
  const { t } = useWords()
  const totals = useTotals(filterText(quickQuery(view, lastVisit)), asOf)
  return (
    <button type="button" className={on ? 'pj-on' : undefined} aria-current={on ? 'page' : undefined} onClick={onPick}>
      {t(`view.${view}`)}
      <b>{totals.data?.rows.toLocaleString('en-US') ?? ''}</b>
    </button>
  )
}

function SavedTab({ view, on, onPick }: { view: SavedView; on: boolean; onPick: () => void }) {
  const { t } = useWords()
  const { message } = App.useApp()
  const client = useQueryClient()
  const remove = async () => {
    try {
      await deleteView(view.id)
      await client.invalidateQueries({ queryKey: keys.views })
    } catch (error) {
      void message.error(failureOf(error, t('act.offline')).title)
    }
  }
  return (
    <span className="pj-savedtab">
      <button type="button" className={on ? 'pj-on' : undefined} aria-current={on ? 'page' : undefined} onClick={onPick} title={t(view.shared ? 'view.shared' : 'view.own')}>
        {view.name}
      </button>
      {on && (
        <Popover getPopupContainer={inPage}
          trigger="click"
          content={
            <Button size="small" danger onClick={() => void remove()}>
              {t('view.delete')}
            </Button>
          }
        >
          <button type="button" className="pj-more" aria-label={t('view.menu', { name: view.name })}>
            ⋯
          </button>
        </Popover>
      )}
    </span>
  )
}

function SaveView({ query, group, columns }: { query: string; group: string | null; columns: string[] }) {
  const { t } = useWords()
  const { message } = App.useApp()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const save = async () => {
    if (!name.trim()) return
    try {
      await saveView({ name: name.trim(), shared, state: { query, columns, ...(group ? { group } : {}) } })
      await client.invalidateQueries({ queryKey: keys.views })
      setOpen(false)
      setName('')
    } catch (error) {
      void message.error(failureOf(error, t('act.offline')).title)
    }
  }
  return (
    <>
      <button type="button" className="pj-save" onClick={() => setOpen(true)}>
        {t('view.save')}
      </button>
      <Modal open={open} title={t('view.save')} onCancel={() => setOpen(false)} onOk={() => void save()} okText={t('act.save')} cancelText={t('act.cancel')} okButtonProps={{ disabled: !name.trim() }} width={400}>
        <Input value={name} maxLength={40} aria-label={t('view.name')} placeholder={t('view.name')} onChange={(e) => setName(e.target.value)} onPressEnter={() => void save()} />
        <Checkbox checked={shared} onChange={(e) => setShared(e.target.checked)} style={{ marginTop: 12 }}>
          {t('view.share')}
        </Checkbox>
      </Modal>
    </>
  )
}
