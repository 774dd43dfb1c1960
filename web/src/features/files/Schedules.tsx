/** The versions of contractors' schedules, each with its report, its ties and its exports. */
import { useQuery } from '@tanstack/react-query'
import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import { get } from '../../shared/api'
import type { ProjectRoom } from '../../shared/project'
import { Report } from './Report'
import { Ties } from './Ties'
import type { PlanFile } from './types'
import { useWords } from './words'

const FORMATS = ['xer', 'pmxml', 'mspdi', 'json'] as const
const OWN = ['xer', 'pmxml', 'mspdi'] as const

export function Schedules({ room }: { room: ProjectRoom }) {
  const { t } = useWords()
  const base = `/projects/${room.id}`
  const [shown, setShown] = useState<string | null>(null)
  const [tying, setTying] = useState<PlanFile | null>(null)
  const project = useQuery({ queryKey: ['projects', 'one', room.id, room.asOf], queryFn: ({ signal }) => get<{ project: { plan?: unknown; plan_files?: PlanFile[] } }>(base, { as_of: room.asOf }, signal) })
  const files = project.data?.project.plan_files ?? []
  const versions = files.map((file, i) => ({ file, n: i + 1 })).reverse()
  return (
    <section className="pj-part">
      <h2>{t('plan.title')}{versions.length > 0 && <small>{t('plan.count', { n: versions.length })}</small>}</h2>
      {Boolean(project.data?.project.plan) && !room.asOf && (
        <p className="fl-acts">
          <span>{t('plan.own')}</span>
          {OWN.map((f) => <a key={f} href={`/api/v1${base}/plan/file?format=${f}`} download>{t(`format.${f}`)}</a>)}
        </p>
      )}
      {versions.length === 0 && <p className="pj-none">{t('plan.none')}</p>}
      <ul className="fl-versions">
        {versions.map(({ file, n }) => (
          <li key={file.id}>
            <b>{t('plan.version', { n })}</b> {file.name}
            <p>
              {t('plan.finish')} {file.finish.slice(0, 10)} · {t('plan.rows', { n: file.activities })}
              {file.data_date && <> · {t('plan.dataDate')} {file.data_date.slice(0, 10)}</>} · {t('plan.read')} {file.read_on} · {t('plan.tied', { n: file.ties?.length ?? 0 })}
            </p>
            <p className="fl-acts">
              <Button size="small" aria-expanded={shown === file.id} onClick={() => setShown(shown === file.id ? null : file.id)}>{t('plan.show')}</Button>
              {!room.readOnly && Boolean(project.data?.project.plan) && <Button size="small" onClick={() => setTying(file)}>{t('tie.open')}</Button>}
              <Exports base={`/api/v1${base}/plan-files/${file.id}/export`} file={file} />
            </p>
            {shown === file.id && <Report base={base} file={file.id} versions={versions.filter((v) => v.n < n)} />}
          </li>
        ))}
      </ul>
      {tying && <Ties room={room} file={tying} onClose={() => setTying(null)} />}
    </section>
  )
}

function Exports({ base, file }: { base: string; file: PlanFile }) {
  const { t } = useWords()
  const link = (format: (typeof FORMATS)[number], ours: boolean) => ({
    key: `${format}-${ours}`,
    label: (
      <a href={`${base}?format=${format}${ours ? '&facts=ours' : ''}`} download>
        {format === file.format && !ours ? t('plan.original') : t(`format.${format}`)}
      </a>
    ),
  })
  const items = [
    { type: 'group' as const, key: 'theirs', label: t('plan.theirs'), children: FORMATS.map((f) => link(f, false)) },
    ...(file.ties?.length ? [{ type: 'group' as const, key: 'ours', label: t('plan.ours'), children: FORMATS.map((f) => link(f, true)) }] : []),
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']} autoFocus>
      <Button size="small" aria-haspopup="menu">{t('plan.export')} ▾</Button>
    </Dropdown>
  )
}
