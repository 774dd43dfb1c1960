/** Opens the dialogs of the recorded acts from wherever a project is shown. One dialog at a time. */
import { App } from 'antd'
import { useCallback, useState } from 'react'
import { bulkEdit, fetchProject, useOrgs } from '../api/queries'
import type { Sent } from '../../../shared/api'
import type { Units } from '../../../shared/ui'
import type { ProblemView, ProjectView, Row, Stale } from '../api/types'
import type { Act } from '../model/columns'
import type { Show } from '../show'
import { useUndo } from '../undo'
import { useWords } from '../words'
import { ActDialog, type ActForm, failureOf, RefusedRows } from './form'
import * as forms from './forms'
import { StageDialog, type StageSubject } from './StageDialog'

type Open = { kind: 'form'; form: ActForm } | { kind: 'stage'; subject: StageSubject; to?: string } | { kind: 'status'; view: ProjectView }

const REMINDER_SECONDS = 8

const amountIn = (units: Units) => (text: string) => {
  const money = units.readMoney(text)
  return money.ok ? money.value : null
}

export function useActs(show: Show, reload: () => void) {
  const { t, fieldWord } = useWords()
  const { message, modal } = App.useApp()
  const undo = useUndo()
  const [open, setOpen] = useState<Open | null>(null)

  const done = useCallback(
    (sent: Sent<unknown>, label: string) => {
      const feed = (sent.body as { feed?: number } | null)?.feed ?? sent.feed
      reload()
      undo.did(feed, label)
      const reminders = (sent.body as { reminders?: ProblemView[] } | null)?.reminders ?? []
      if (reminders.length) void message.warning(reminders.map((p) => p.title).join(t('comma')), REMINDER_SECONDS)
    },
    [reload, undo, message, t],
  )

  const openForm = useCallback((form: ActForm) => setOpen({ kind: 'form', form }), [])
  const orgs = useOrgs()
  const makingOf = useCallback((view: ProjectView): forms.Making => ({ view, show, orgs, t, done }), [show, orgs, t, done])

  const openStage = useCallback((subject: StageSubject, to?: string) => {
    setOpen({ kind: 'stage', subject, to })
  }, [])

  /** An act on a loaded project. */
  const openOn = useCallback(
    (name: Act | 'split' | 'formality', view: ProjectView) => {
      const m = makingOf(view)
      if (name === 'stage') {
        openStage({ id: view.project.id, seq: view.seq, name: view.project.name, stage: view.project.lifecycle.stage.kind })
      } else if (name === 'status') {
        setOpen({ kind: 'status', view })
      } else {
        openForm(formOf(name, m))
      }
    },
    [makingOf, openForm, openStage],
  )

  /** An act on a row: the whole project is fetched first, for its owner, its lists and its current version. */
  const openRow = useCallback(
    async (name: Act, row: Row) => {
      try {
        openOn(name, await fetchProject(row.id))
      } catch (error) {
        void message.error(failureOf(error, t('act.offline')).title)
      }
    },
    [openOn, message, t],
  )

  const tellStale = useCallback(
    (stale: Stale) => {
      modal.confirm({
        title: t('stale.title', { by: stale.by, at: stale.at.slice(11, 16) }),
        content: t('stale.fields', { fields: stale.fields.map(fieldWord).join(t('comma')) }),
        okText: t('stale.reload'),
        cancelText: t('act.cancel'),
        onOk: reload,
      })
    },
    [modal, t, fieldWord, reload],
  )

  const addToList = useCallback(
    (rows: Row[]) => {
      const first = rows[0]
      if (!first) return
      const template = forms.membership(makingOf({ seq: first.seq, project: { id: first.id, name: first.name } } as ProjectView))
      openForm({
        ...template,
        title: t('bulk.addToList'),
        lead: t('bulk.listLead', { count: rows.length }),
        submit: async ({ kind, year, ...rest }) => {
          const { on: _, ...fields } = rest
          const given = Object.fromEntries(Object.entries(fields).filter(([, v]) => v !== null))
          const membership = { ...given, list: { kind, year } }
          const sent = await bulkEdit('commit', rows.map((row) => ({ id: row.id, seq: row.seq, patch: { membership } })))
          const refused = sent.body.results.filter((r) => !r.ok)
          if (refused.length) throw new RefusedRows(t('paste.none'), refused.flatMap((r) => r.problems.map((p) => ({ ...p, title: `${rows.find((x) => x.id === r.id)?.name ?? ''}${t('colon')}${p.title}` }))))
          done(sent, t('undo.list', { count: rows.length }))
        },
      })
    },
    [makingOf, openForm, t, done],
  )

  const close = useCallback(() => setOpen(null), [])
  const closeAndReload = useCallback(() => {
    setOpen(null)
    reload()
  }, [reload])

  const dialog =
    open?.kind === 'form' ? (
      <ActDialog form={open.form} onClose={close} onReload={closeAndReload} />
    ) : open?.kind === 'stage' ? (
      <StageDialog
        subject={open.subject}
        to={open.to}
        show={show}
        onClose={close}
        onReload={closeAndReload}
        onDone={(feed, to) => {
          close()
          reload()
          undo.did(feed, t('undo.stage', { name: open.subject.name, stage: show.registers.word('stages', to) }))
        }}
      />
    ) : open?.kind === 'status' ? (
      <StatusChoice view={open.view} making={makingOf(open.view)} onForm={openForm} onClose={close} />
    ) : null

  return {
    dialog,
    open: openRow,
    openOn,
    openForm,
    openStage,
    makingOf,
    tellStale,
    addToList,
    merge: (rows: Row[]) => openForm(forms.mergeForm(rows, show, t, done)),
  }
}

function formOf(name: Exclude<Act | 'split' | 'formality', 'stage' | 'status'>, m: forms.Making): ActForm {
  switch (name) {
    case 'rename':
      return forms.rename(m)
    case 'owner':
      return forms.changeOwner(m)
    case 'code':
      return forms.setCode(m)
    case 'membership':
      return forms.membership(m, m.view.project.memberships.find((x) => x.state !== 'removed'))
    case 'responsibility':
      return forms.responsibility(m)
    case 'formality':
      return forms.formality(m)
    case 'split':
      return forms.split(m, amountIn(m.show.units))
  }
}

/** From a grid cell: which change of status is meant. */
function StatusChoice({ view, making, onForm, onClose }: { view: ProjectView; making: forms.Making; onForm: (form: ActForm) => void; onClose: () => void }) {
  const { t } = useWords()
  const possible = forms.statusActs(view)
  const form: ActForm = {
    title: t('acts.status'),
    fields: [
      { key: 'to', kind: 'choice', label: t('acts.status'), required: true, options: possible.map((value) => ({ value, label: t(`acts.status.${value}`) })) },
    ],
    lead: possible.length ? undefined : t('acts.noStatus'),
    year: Number(making.show.today.slice(0, 4)),
    saveWord: t('act.next'),
    submit: async ({ to }) => {
      const chosen = forms.STATUS_ACTS.find((s) => s === to)
      // After this dialog has closed itself.
      if (chosen) setTimeout(() => onForm(forms.changeStatus(making, chosen)))
    },
  }
  return <ActDialog form={form} onClose={onClose} />
}
