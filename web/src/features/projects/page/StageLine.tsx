/** The stages as one line: where it stands, each stage's plan and fact, and the three dates of 开工. */
import type { Project, ProjectView } from '../api/types'
import { lateDays, longPeriod, type Show } from '../show'
import { useWords } from '../words'

interface Dates {
  plan: string | null
  due: string | null
  fact: string | null
}

function datesOf(stage: string, { row, project }: ProjectView): Dates {
  const { lifecycle } = project
  const since = lifecycle.stage.kind === stage ? (lifecycle.stage.since ?? null) : null
  switch (stage) {
    case 'building':
      return { plan: row.start_planned, due: row.start_due, fact: row.started_on }
    case 'completed':
      return { plan: row.finish_planned, due: row.finish_due, fact: row.completed_on }
    case 'operating':
      return { plan: row.operate_planned, due: row.operate_due, fact: row.operating_on }
    case 'ramped':
      return { plan: row.ramp_planned, due: row.ramp_due, fact: row.ramped_on }
    default:
      return { plan: null, due: null, fact: since }
  }
}

export function StageLine({ view, show }: { view: ProjectView; show: Show }) {
  const { t } = useWords()
  const stages = show.registers.choices('stages').map((c) => c.key)
  const at = stages.indexOf(view.row.stage)
  const suggested = view.row.suggested
  return (
    <section className="pj-stageline" aria-label={t('page.stages')}>
      <ol>
        {stages.map((stage, i) => {
          const { plan, due, fact } = datesOf(stage, view)
          const late = i > at ? lateDays(due, fact, show.today) : 0
          const state = i < at ? ' pj-past' : i === at ? ' pj-now' : ''
          return (
            <li key={stage} className={`${state}${stage === suggested ? ' pj-suggested' : ''}`} aria-current={i === at ? 'step' : undefined}>
              <i aria-hidden="true" />
              <b>{show.registers.word('stages', stage)}</b>
              <span className="pj-plan">
                {plan ? `${t('page.plan')} ${longPeriod(plan, show.lang)}` : ' '}
                {late > 0 && <em>{t('page.late', { days: late })}</em>}
              </span>
              <span>{fact ? `${t('page.fact')} ${fact}` : ' '}</span>
              {stage === suggested && <small>{t('page.suggested')}</small>}
            </li>
          )
        })}
      </ol>
      <StartDates project={view.project} startedOn={view.row.started_on} />
    </section>
  )
}

function StartDates({ project, startedOn }: { project: Project; startedOn: string | null }) {
  const { t } = useWords()
  const dates = [
    { key: 'ceremony', day: project.ceremony_on },
    { key: 'permit', day: project.permit_on },
    { key: 'statistical', day: startedOn },
  ]
  return (
    <dl className="pj-three">
      {dates.map(({ key, day }) => (
        <div key={key} className={key === 'statistical' ? 'pj-counts' : undefined}>
          <dt>
            <i aria-hidden="true">{day ? '◆' : '◇'}</i> {t(`page.three.${key}`)}
          </dt>
          <dd>{day ?? '—'}</dd>
          <dd className="pj-aside">{t(`page.threeNote.${key}`)}</dd>
        </div>
      ))}
    </dl>
  )
}
