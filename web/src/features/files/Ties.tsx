/** Which rows of a schedule are which steps of the plan: suggested by name, chosen by hand, sent several at once. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Modal, Select } from 'antd'
import { useState } from 'react'
import { get, Refused, send } from '../../shared/api'
import type { ProjectRoom } from '../../shared/project'
import { Loading } from '../../shared/ui'
import type { FileRow, FileRows, PlanFile, TieChoice } from './types'
import { useWords } from './words'

const PAGE = 2000
/** From this likeness on a suggestion is taken with the others. */
const SURE = 0.6

async function allRows(path: string, signal: AbortSignal): Promise<FileRow[]> {
  const rows: FileRow[] = []
  for (;;) {
    const page = await get<FileRows>(path, { from: rows.length, limit: PAGE }, signal)
    rows.push(...page.rows)
    if (page.rows.length === 0 || rows.length >= page.total) return rows.filter((r) => !r.summary)
  }
}

export function Ties({ room, file, onClose }: { room: ProjectRoom; file: PlanFile; onClose: () => void }) {
  const { t } = useWords()
  const client = useQueryClient()
  const path = `/projects/${room.id}/plan-files/${file.id}`
  const choices = useQuery({ queryKey: ['projects', 'choices', room.id, file.id], queryFn: ({ signal }) => get<TieChoice[]>(`${path}/choices`, undefined, signal) })
  const rows = useQuery({ queryKey: ['projects', 'file-rows', room.id, file.id], queryFn: ({ signal }) => allRows(path, signal) })
  const [chosen, setChosen] = useState<Record<string, number | null>>({})
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<string[]>([])
  const of = (c: TieChoice) => (c.activity in chosen ? (chosen[c.activity] ?? null) : c.tied)
  const changed = (choices.data ?? []).filter((c) => of(c) !== c.tied)
  const takeAll = () => {
    const taken = new Set((choices.data ?? []).map(of))
    const next = { ...chosen }
    for (const c of choices.data ?? []) {
      const best = c.likely[0]
      if (of(c) === null && best && best.likeness >= SURE && !taken.has(best.uid)) {
        next[c.activity] = best.uid
        taken.add(best.uid)
      }
    }
    setChosen(next)
  }
  const save = async () => {
    setBusy(true)
    try {
      const tie = changed.flatMap((c) => { const uid = of(c); return uid === null ? [] : [{ uid, activity: c.activity }] })
      const untie = changed.flatMap((c) => (of(c) === null && c.tied !== null ? [c.tied] : []))
      const { body } = await send<{ feed: number | null }>('POST', `${path}/ties`, { tie, untie })
      if (body.feed !== null) room.did(body.feed, t('tie.did', { n: changed.length }))
      void client.invalidateQueries({ queryKey: ['projects'] })
      onClose()
    } catch (error) {
      setRefused(error instanceof Refused && error.problems.length ? error.problems.map((p) => `${p.title} ${p.remedy}`) : [t('drop.offline')])
      setBusy(false)
    }
  }
  const label = (r: FileRow) => `${r.code} ${r.name} · ${r.finish.slice(0, 10)}`.trim()
  const optionsOf = (c: TieChoice) => {
    const likely = c.likely.map((l) => l.uid)
    const first = likely.flatMap((uid) => rows.data?.filter((r) => r.uid === uid) ?? [])
    const rest = rows.data?.filter((r) => !likely.includes(r.uid)) ?? []
    return [...first, ...rest].map((r) => ({ value: r.uid, label: label(r) }))
  }
  return (
    <Modal
      open
      width={860}
      title={t('tie.title', { name: file.name })}
      onCancel={onClose}
      footer={[
        <Button key="all" onClick={takeAll}>{t('tie.takeAll')}</Button>,
        <Button key="no" onClick={onClose}>{t('plan.cancel')}</Button>,
        <Button key="yes" type="primary" loading={busy} disabled={changed.length === 0} onClick={() => void save()}>{t('tie.save', { n: changed.length })}</Button>,
      ]}
    >
      <p>{t('tie.says')}</p>
      {refused.length > 0 && <ul className="fl-refused" role="alert">{refused.map((r) => <li key={r}>{r}</li>)}</ul>}
      {choices.isError || rows.isError ? (
        <p role="alert">{t('report.broken')}</p>
      ) : !choices.data || !rows.data ? (
        <Loading rows={8} />
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by the keyboard
        <div className="fl-ties" role="region" aria-label={t('tie.open')} tabIndex={0}>
          <table className="pj-table">
            <thead><tr><th scope="col">{t('tie.step')}</th><th scope="col">{t('tie.row')}</th></tr></thead>
            <tbody>
              {choices.data.map((c) => (
                <tr key={c.activity}>
                  <th scope="row">{c.activity_name}<small>{c.activity}</small></th>
                  <td>
                    <Select
                      className="fl-tie"
                      size="small"
                      showSearch={{ optionFilterProp: 'label' }}
                      allowClear
                      aria-label={t('tie.of', { name: c.activity_name })}
                      placeholder={c.likely.length ? t('tie.maybe', { name: rows.data.find((r) => r.uid === c.likely[0]?.uid)?.name ?? '' }) : t('tie.none')}
                      value={of(c) ?? undefined}
                      options={optionsOf(c)}
                      onChange={(uid: number | undefined) => setChosen((now) => ({ ...now, [c.activity]: uid ?? null }))}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Modal>
  )
}
