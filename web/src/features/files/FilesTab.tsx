/** Drop, progress, what was refused, the list, the schedules. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useCallback, useEffect, useRef, useState, type DragEvent } from 'react'
import { get, type ProblemView, Refused, send } from '../../shared/api'
import type { ProjectRoom } from '../../shared/project'
import { Loading } from '../../shared/ui'
import { Beside } from './Beside'
import { Schedules } from './Schedules'
import type { Added, Evidence, Received } from './types'
import { isSchedule, sendFile, sizeSaid } from './upload'
import { useWords } from './words'
import './files.css'

/** A schedule about which something is to be settled before it is kept. */
interface Open { file: File; received: Received; project: string | null }
type Refusal = Pick<ProblemView, 'title' | 'remedy'>

export function FilesTab({ room }: { room: ProjectRoom }) {
  const { t } = useWords()
  const client = useQueryClient()
  const base = `/projects/${room.id}`
  const [sending, setSending] = useState<{ name: string; percent: number } | null>(null)
  const [refused, setRefused] = useState<Refusal[]>([])
  const [open, setOpen] = useState<Open | null>(null)
  const [over, setOver] = useState(false)
  const [same, setSame] = useState<string | null>(null)
  const picker = useRef<HTMLInputElement>(null)
  const stop = useRef<AbortController | null>(null)
  useEffect(() => () => stop.current?.abort(), [])
  const files = useQuery({ queryKey: ['projects', 'files', room.id, room.asOf], queryFn: ({ signal }) => get<Evidence[]>(`${base}/evidence`, { as_of: room.asOf }, signal) })
  const reload = useCallback(() => void client.invalidateQueries({ queryKey: ['projects'] }), [client])

  const schedule = async (file: File, ask: { project?: string | null; confirmed?: boolean }, signal: AbortSignal, tell: (percent: number) => void) => {
    const query = new URLSearchParams()
    if (ask.project) query.set('project', ask.project)
    if (ask.confirmed) query.set('confirmed', 'true')
    const received = await sendFile<Received>(`${base}/plan-files?${query}`, file, tell, signal)
    if (!received) return
    if (received.same) setSame(file.name)
    else if (received.feed !== null) room.did(received.feed, t('plan.kept', { name: file.name }))
    else if (received.choose.length || received.doubts.length) setOpen({ file, received, project: ask.project ?? null })
  }
  const all = async (chosen: File[], ask: { project?: string | null; confirmed?: boolean } = {}) => {
    const control = new AbortController()
    stop.current = control
    const bad: Refusal[] = []
    setOpen(null)
    setSame(null)
    for (const file of chosen) {
      if (control.signal.aborted) break
      const tell = (percent: number) => setSending({ name: file.name, percent })
      tell(0)
      try {
        if (isSchedule(file.name)) {
          await schedule(file, ask, control.signal, tell)
        } else {
          const done = await sendFile<Added>(`${base}/evidence`, file, tell, control.signal)
          bad.push(...(done?.refused ?? []))
          if (done?.feed) room.did(done.feed, t('list.added', { name: file.name }))
        }
      } catch (error) {
        const known = error instanceof Refused && error.problems.length ? error.problems : [{ title: `${file.name}: ${error instanceof Refused && error.problem.title ? error.problem.title : t('drop.offline')}`, remedy: '' }]
        bad.push(...known)
      }
    }
    setSending(null)
    setRefused(bad)
    reload()
  }
  const remove = async (file: Evidence) => {
    try {
      const { body } = await send<{ feed: number | null }>('DELETE', file.plan_file ? `${base}/plan-files/${file.plan_file}` : `${base}/evidence/${file.id}`)
      if (body.feed) room.did(body.feed, t('list.removed', { name: file.name }))
    } catch (error) {
      setRefused(error instanceof Refused && error.problems.length ? error.problems : [{ title: t('drop.offline'), remedy: '' }])
    }
    reload()
  }
  const drag = (event: DragEvent) => {
    if (room.readOnly) return
    event.preventDefault()
    setOver(event.type === 'dragover' || event.type === 'dragenter')
    if (event.type === 'drop' && event.dataTransfer.files.length) void all([...event.dataTransfer.files])
  }
  return (
    <div className="fl" onDragOver={drag} onDragEnter={drag} onDragLeave={drag} onDrop={drag}>
      {!room.readOnly && (
        <div className={over ? 'fl-drop fl-over' : 'fl-drop'}>
          <input ref={picker} type="file" multiple hidden aria-hidden="true" tabIndex={-1} onChange={(e) => { const chosen = [...(e.target.files ?? [])]; e.target.value = ''; if (chosen.length) void all(chosen) }} />
          <b>{t('drop.title')}</b>
          <p>{t('drop.hint')}</p>
          {sending ? (
            <p role="status">
              {sending.percent < 100 ? t('drop.sending', sending) : t('drop.checking', { name: sending.name })}{' '}
              <Button size="small" onClick={() => stop.current?.abort()}>{t('drop.stop')}</Button>
            </p>
          ) : (
            <Button type="primary" onClick={() => picker.current?.click()}>{t('drop.choose')}</Button>
          )}
        </div>
      )}
      {refused.length > 0 && (
        <div className="fl-refused" role="alert">
          <b>{t('drop.refused', { count: refused.length })}</b>
          <ul>{refused.map((p, i) => <li key={i}>{p.title}{p.remedy && <small>{p.remedy}</small>}</li>)}</ul>
          <Button size="small" onClick={() => setRefused([])}>{t('drop.again')}</Button>
        </div>
      )}
      {open && (
        <div className="fl-refused" role="alert">
          <b>{open.file.name}{': '}{open.received.doubts.length ? t('plan.doubts') : t('plan.choose')}</b>
          <ul>{open.received.doubts.map((p, i) => <li key={i}>{p.title}<small>{p.remedy}</small></li>)}</ul>
          <div className="fl-acts">
            {open.received.choose.map((c) => <Button key={c.id} size="small" onClick={() => void all([open.file], { project: c.id })}>{c.name || c.id} ({t('plan.rows', { n: c.activities })})</Button>)}
            {open.received.doubts.length > 0 && <Button size="small" onClick={() => void all([open.file], { project: open.project, confirmed: true })}>{t('plan.confirm')}</Button>}
            <Button size="small" onClick={() => setOpen(null)}>{t('plan.cancel')}</Button>
          </div>
        </div>
      )}
      {same !== null && <p className="fl-same" role="status">{t('plan.same', { name: same })}</p>}
      <Schedules room={room} />
      <Beside room={room} />
      <section className="pj-part">
        <h2>{t('list.title')}{files.data && files.data.length > 0 && <small>{files.data.length}</small>}</h2>
        {files.isPending && <Loading rows={3} />}
        {files.isError && <p role="alert">{t('list.broken')}</p>}
        {files.data?.length === 0 && <p className="pj-none">{t('list.none')}</p>}
        {files.data && files.data.length > 0 && (
          <div className="fl-wide">
            <table className="pj-table">
              <thead><tr>{(['name', 'size', 'about', 'on', 'by'] as const).map((k) => <th key={k} scope="col">{t(`list.${k}`)}</th>)}{!room.readOnly && <th scope="col" aria-label={t('list.remove')} />}</tr></thead>
              <tbody>
                {files.data.map((f) => (
                  <tr key={f.id}>
                    <th scope="row"><a href={`/api/v1${base}/evidence/${f.id}${room.asOf ? `?as_of=${room.asOf}` : ''}`} download={f.name}>{f.name}</a></th>
                    <td className="pj-num">{sizeSaid(f.size)}</td>
                    <td>{[f.about_name, f.note].filter(Boolean).join(' · ') || '—'}</td>
                    <td>{f.on}</td>
                    <td>{f.by ?? '—'}</td>
                    {!room.readOnly && <td className="pj-do"><Button size="small" type="link" aria-label={t('list.removeOf', { name: f.name })} onClick={() => void remove(f)}>{t('list.remove')}</Button></td>}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
    </div>
  )
}
