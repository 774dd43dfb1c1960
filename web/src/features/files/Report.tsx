/** What a version says: dates beside the file's, what changed, quality, what could not be read. */
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useId, useState } from 'react'
import { get } from '../../shared/api'
import { Loading } from '../../shared/ui'
import { Changes } from './Changes'
import type { PlanFile, Reading } from './types'
import { useWords } from './words'

interface ReportProps {
  base: string
  file: string
  /** Earlier versions, the newest first. */
  versions: { file: PlanFile; n: number }[]
}

export function Report({ base, file, versions }: ReportProps) {
  const { t } = useWords()
  const id = useId()
  const [against, setAgainst] = useState<string | undefined>(versions[0]?.file.id)
  const reading = useQuery({ queryKey: ['projects', 'reading', base, file, against], queryFn: ({ signal }) => get<Reading>(`${base}/plan-files/${file}/reading`, { against }, signal), placeholderData: (before) => before })
  if (reading.isPending) return <div aria-label={t('report.loading')}><Loading rows={6} /></div>
  if (reading.isError) return <p role="alert">{t('report.broken')}</p>
  const { agreement, losses, difference } = reading.data
  return (
    <div className="fl-report">
      <p><b>{agreement.compared ? t('report.agree', { equal: agreement.equal, compared: agreement.compared }) : t('report.noDates')}</b></p>
      {agreement.misses.length > 0 && (
        <details>
          <summary>{t('report.misses')}</summary>
          <ul>{agreement.misses.map((m) => <li key={`${m.uid}-${m.field}`}>{m.name} {m.field}: {t('report.file')} {m.file.replace('T', ' ')}, {t('report.ours')} {m.ours.replace('T', ' ')}</li>)}</ul>
        </details>
      )}
      {difference && (
        <>
          <h3>
            <label htmlFor={`${id}-against`}>{t('report.against')}</label>{' '}
            <Select id={`${id}-against`} size="small" value={against} onChange={setAgainst} options={versions.map((v) => ({ value: v.file.id, label: `${t('plan.version', { n: v.n })} ${v.file.name}` }))} popupMatchSelectWidth={false} />
          </h3>
          <Changes of={difference} />
        </>
      )}
      {losses.length > 0 && <><h3>{t('report.losses')}</h3><ul>{losses.map((l) => <li key={l.code + l.said}>{l.said}{l.count > 1 && ` ×${l.count}`}</li>)}</ul></>}
      <QualityTable of={reading.data} />
    </div>
  )
}

function QualityTable({ of }: { of: Reading }) {
  const { t } = useWords()
  const mark = (passed: boolean | null) => (passed === null ? t('report.unknown') : passed ? t('report.kept') : t('report.failed'))
  const failed = of.quality.filter((q) => q.point !== null && q.passed === false).length
  const points = of.quality.filter((q) => q.point !== null).length
  return (
    <>
      <h3>{t('report.quality')} <small>{t('report.points', { failed, points })}</small></h3>
      <table className="pj-table">
        <tbody>
          {of.quality.map((q) => (
            <tr key={q.code}>
              <th scope="row">{q.name}</th>
              <td className={q.point !== null && q.passed === false ? 'pj-amber' : undefined}>{q.point === null ? '' : mark(q.passed)}</td>
              <td>
                {q.said}
                {q.names.length > 0 && (
                  <details>
                    <summary>{t('report.which', { n: q.count })}</summary>
                    <ul>{q.names.map((name, i) => <li key={i}>{name}</li>)}</ul>
                  </details>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
