/** What the contractor says of the tied steps beside what the office knows: differences warned of, facts taken only by hand. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { get, Refused, send, type ProblemView } from '../../shared/api'
import type { ProjectRoom } from '../../shared/project'
import type { Beside as Answer, BesideRow, Progress } from './types'
import { useWords } from './words'

export function Beside({ room }: { room: ProjectRoom }) {
  const { t } = useWords()
  const client = useQueryClient()
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const [refused, setRefused] = useState<Pick<ProblemView, 'title' | 'remedy'>[]>([])
  const [busy, setBusy] = useState(false)
  const beside = useQuery({ queryKey: ['projects', 'beside', room.id, room.asOf], queryFn: ({ signal }) => get<Answer | null>(`/projects/${room.id}/beside`, { as_of: room.asOf }, signal) })
  const { data } = beside
  if (beside.isError) return <p role="alert">{t('report.broken')}</p>
  if (!data || data.rows.length === 0) return null
  const offered = data.rows.filter((r) => r.offer !== null)
  const far = (r: BesideRow) => !r.done && Math.abs(r.days) >= data.warn_from
  const take = async () => {
    setBusy(true)
    const chosen = offered.filter((r) => picked.has(r.activity))
    try {
      const edits = chosen.map((r) => ({ op: 'progress', ...r.offer }))
      const { body } = await send<{ feed: number | null; unmet: ProblemView[] }>('POST', `/projects/${room.id}/plan/edit`, { seq: data.seq, mode: 'commit', reason: t('beside.reason', { name: data.name, n: data.number }), edits })
      setRefused(body.unmet)
      if (body.feed !== null) room.did(body.feed, t('beside.did', { n: chosen.length }))
      setPicked(new Set())
    } catch (error) {
      setRefused(error instanceof Refused && error.problems.length ? error.problems : [{ title: error instanceof Refused && error.problem.title ? error.problem.title : t('drop.offline'), remedy: '' }])
    }
    setBusy(false)
    void client.invalidateQueries({ queryKey: ['projects'] })
  }
  const toggle = (id: string) => setPicked((now) => (now.has(id) ? new Set([...now].filter((x) => x !== id)) : new Set([...now, id])))
  return (
    <section className="pj-part">
      <h2>{t('beside.title')}<small>{t('beside.of', { n: data.number, name: data.name, day: data.seen })}</small></h2>
      {data.rows.some(far) && <p className="fl-warn" role="status">{t('beside.warn', { n: data.rows.filter(far).length, days: data.warn_from })}</p>}
      {refused.length > 0 && <div className="fl-refused" role="alert"><ul>{refused.map((p, i) => <li key={i}>{p.title}<small>{p.remedy}</small></li>)}</ul></div>}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by the keyboard */}
      <div className="fl-wide" role="region" aria-label={t('beside.title')} tabIndex={0}>
        <table className="pj-table">
          <thead>
            <tr>
              {!room.readOnly && <th scope="col">{t('beside.take')}</th>}
              {(['step', 'row', 'ours', 'file'] as const).map((k) => <th key={k} scope="col">{t(`beside.${k}`)}</th>)}
              <th scope="col" className="pj-num">{t('beside.days')}</th>
              <th scope="col">{t('beside.now')}</th>
              <th scope="col">{t('beside.told')}</th>
            </tr>
          </thead>
          <tbody>
            {data.rows.map((r) => (
              <tr key={r.activity}>
                {!room.readOnly && <td>{r.offer ? <Checkbox aria-label={t('beside.takeOf', { name: r.activity_name })} checked={picked.has(r.activity)} onChange={() => toggle(r.activity)} /> : null}</td>}
                <th scope="row">{r.activity_name}</th>
                <td>{r.row_name}</td>
                <td className="num">{r.start} – {r.finish}</td>
                <td className="num">{r.file_start} – {r.file_finish}</td>
                <td className={far(r) ? 'pj-num num pj-amber' : 'pj-num num'}>{r.days > 0 ? `+${r.days}` : r.days}</td>
                <td>{r.permit ? t('beside.permit') : <Said of={r.now} />}</td>
                <td><Said of={r.told} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {!room.readOnly && offered.length > 0 && (
        <p className="fl-acts">
          <Button size="small" onClick={() => setPicked(new Set(offered.map((r) => r.activity)))}>{t('beside.all')}</Button>
          <Button size="small" type="primary" loading={busy} disabled={picked.size === 0} onClick={() => void take()}>{t('beside.do', { n: picked.size })}</Button>
          <span>{t('beside.says')}</span>
        </p>
      )}
    </section>
  )
}

function Said({ of }: { of: Progress }) {
  const { t } = useWords()
  const parts = [
    of.started && t('beside.started', { day: of.started }),
    of.finished && t('beside.finished', { day: of.finished }),
    of.percent !== undefined && of.percent !== null && `${of.percent} %`,
    of.remaining !== undefined && of.remaining !== null && t('beside.left', { n: of.remaining }),
  ].filter(Boolean)
  return <>{parts.length ? parts.join(' · ') : '—'}</>
}
