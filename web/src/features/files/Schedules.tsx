/** The versions of contractors' schedules, each with its report and its exports. */
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { get } from '../../shared/api'
import type { ProjectRoom } from '../../shared/project'
import { Loading } from '../../shared/ui'
import type { PlanFile, Reading } from './types'
import { useWords } from './words'

const FORMATS = ['xer', 'pmxml', 'mspdi', 'json'] as const

export function Schedules({ room }: { room: ProjectRoom }) {
  const { t } = useWords()
  const base = `/projects/${room.id}`
  const [shown, setShown] = useState<string | null>(null)
  const project = useQuery({ queryKey: ['projects', 'one', room.id, room.asOf], queryFn: ({ signal }) => get<{ project: { plan_files?: PlanFile[] } }>(base, { as_of: room.asOf }, signal) })
  const versions = [...(project.data?.project.plan_files ?? [])].map((file, i) => ({ file, n: i + 1 })).reverse()
  return (
    <section className="pj-part">
      <h2>{t('plan.title')}</h2>
      {versions.length === 0 && <p className="pj-none">{t('plan.none')}</p>}
      <ul className="fl-versions">
        {versions.map(({ file, n }) => (
          <li key={file.id}>
            <b>{t('plan.version', { n })}</b> {file.name}
            <p>
              {t('plan.finish')} {file.finish.slice(0, 10)} · {t('plan.rows', { n: file.activities })}
              {file.data_date && <> · {t('plan.dataDate')} {file.data_date.slice(0, 10)}</>} · {t('plan.read')} {file.read_on}
            </p>
            <p className="fl-acts">
              <Button size="small" aria-expanded={shown === file.id} onClick={() => setShown(shown === file.id ? null : file.id)}>{t('plan.show')}</Button>
              <span>{t('plan.export')}</span>
              {FORMATS.map((f) => <a key={f} href={`/api/v1${base}/plan-files/${file.id}/export?format=${f}`} download>{f === file.format ? t('plan.original') : f.toUpperCase()}</a>)}
            </p>
            {shown === file.id && <Report base={base} file={file.id} />}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Report({ base, file }: { base: string; file: string }) {
  const { t } = useWords()
  const reading = useQuery({ queryKey: ['projects', 'reading', base, file], queryFn: ({ signal }) => get<Reading>(`${base}/plan-files/${file}/reading`, undefined, signal) })
  if (reading.isPending) return <div aria-label={t('report.loading')}><Loading rows={6} /></div>
  if (reading.isError) return <p role="alert">{t('report.broken')}</p>
  const { agreement, losses, quality, difference } = reading.data
  const mark = (passed: boolean | null) => (passed === null ? t('report.unknown') : passed ? t('report.kept') : t('report.failed'))
  return (
    <div className="fl-report">
      <p><b>{agreement.compared ? t('report.agree', { equal: agreement.equal, compared: agreement.compared }) : t('report.noDates')}</b></p>
      {agreement.misses.length > 0 && (
        <details>
          <summary>{t('report.misses')}</summary>
          <ul>{agreement.misses.map((m, i) => <li key={i}>{m.name} {m.field}: {t('report.file')} {m.file.replace('T', ' ')}, {t('report.ours')} {m.ours.replace('T', ' ')}</li>)}</ul>
        </details>
      )}
      {difference && (
        <>
          <h3>{t('report.change')}</h3>
          <p>
            {difference.days > 0 ? t('report.later', { n: difference.days }) : difference.days < 0 ? t('report.earlier', { n: -difference.days }) : t('report.same')}
            {' · '}
            {t('report.counts', { added: difference.found.added?.length ?? 0, deleted: difference.found.deleted?.length ?? 0, changed: difference.found.changed?.length ?? 0 })}
          </p>
        </>
      )}
      {losses.length > 0 && <><h3>{t('report.losses')}</h3><ul>{losses.map((l) => <li key={l.code + l.said}>{l.said}{l.count > 1 && ` ×${l.count}`}</li>)}</ul></>}
      <h3>{t('report.quality')}</h3>
      <table className="pj-table">
        <tbody>{quality.map((q) => <tr key={q.code}><th scope="row">{q.name}</th><td>{q.point === null ? '' : mark(q.passed)}</td><td>{q.said}</td></tr>)}</tbody>
      </table>
    </div>
  )
}
