/** /projects/:id: everything known about one project, and every act on it. */
import { useQueryClient } from '@tanstack/react-query'
import { Button, Dropdown } from 'antd'
import { useCallback } from 'react'
import { Link, useParams } from 'react-router'
import { afterKey } from '../acts/afterKey'
import { failureOf, ProblemList } from '../acts/form'
import { formalityAct } from '../acts/formalityForms'
import * as forms from '../acts/forms'
import { useActs } from '../acts/useActs'
import { useProject } from '../api/queries'
import type { Linked, ProjectView } from '../api/types'
import { useAsOf, useFeed, useMe, useShow } from '../shell'
import type { Show } from '../show'
import { useUndo } from '../undo'
import { useWords } from '../words'
import { Facts } from './Facts'
import { Journal } from './Journal'
import { StageLine } from './StageLine'
import { Formalities } from './Formalities'
import { Memberships, People } from './Tables'
import { TabStrip, useTab } from './TabStrip'
import { useRoom } from './useRoom'

export function OneProject() {
  const { id = '' } = useParams()
  const show = useShow()
  const asOf = useAsOf()
  const { t } = useWords()
  const client = useQueryClient()
  const project = useProject(id, asOf)
  const me = useMe()
  useFeed(
    useCallback(
      (ids: string[] | null) => {
        if (ids === null || ids.includes(id)) void client.invalidateQueries({ queryKey: ['projects'] })
      },
      [client, id],
    ),
  )
  if (project.isError) {
    const failure = failureOf(project.error, t('act.offline'))
    return (
      <div className="pj-nothing" role="alert">
        <h2>{failure.title}</h2>
        <p>{asOf ? t('page.notThen', { day: asOf }) : t('page.notFound')}</p>
        <Link to="/projects">{t('page.back')}</Link>
      </div>
    )
  }
  if (!show || !project.data) return <div className="pj-skeleton" aria-busy="true" aria-label={t('grid.loading')} />
  const canEdit = me?.can.includes('edit_projects') ?? false
  return <Loaded view={project.data} show={show} asOf={asOf} readOnly={asOf !== null || !canEdit || isClosed(project.data)} />
}

const isClosed = ({ project }: ProjectView) =>
  project.superseded !== null || project.withdrawn || project.lifecycle.status.kind === 'closed'

interface LoadedProps {
  view: ProjectView
  show: Show
  asOf: string | null
  readOnly: boolean
}

function Loaded({ view, show, asOf, readOnly }: LoadedProps) {
  const { t, fieldWord } = useWords()
  const undo = useUndo()
  const client = useQueryClient()
  const reload = useCallback(() => void client.invalidateQueries({ queryKey: ['projects'] }), [client])
  const acts = useActs(show, reload)
  const { project } = view
  const making = acts.makingOf(view)
  const room = useRoom({ view, show, asOf, readOnly, openForm: acts.openForm, making })
  const tab = useTab()
  return (
    <article className="pj-project">
      <ProjectHead view={view} show={show} readOnly={readOnly} acts={acts} />
      {project.superseded && (
        <p className="pj-note">
          {t(`page.superseded.${project.superseded.kind}`, { day: project.superseded.on })} <Links of={view.successors} />
        </p>
      )}
      {project.lifecycle.status.kind !== 'active' && <StatusNote view={view} show={show} />}
      <StageLine view={view} show={show} />
      <TabStrip />
      {tab ? <tab.Page room={room} /> : (
      <div className="pj-columns">
        <div>
          <Gate view={view} show={show} readOnly={readOnly} onMove={() => acts.openOn('stage', view)} />
          <Formalities
            view={view}
            show={show}
            readOnly={readOnly}
            onAdd={() => acts.openForm(forms.formality(making))}
            onEdit={(f) => acts.openForm(forms.formality(making, f))}
            onAct={(f, key) => acts.openForm(formalityAct(making, f, key))}
          />
          <Memberships
            view={view}
            show={show}
            readOnly={readOnly || !show.decides}
            onAdd={() => acts.openForm(forms.membership(making))}
            onEdit={(m) => acts.openForm(forms.membership(making, m))}
          />
          <Journal id={project.id} show={show} asOf={asOf} />
        </div>
        <aside aria-label={t('page.card')}>
          <Facts
            view={view}
            show={show}
            readOnly={readOnly}
            onStale={acts.tellStale}
            onSaved={(_, feed, field) => {
              reload()
              undo.did(feed, t('undo.cell', { column: fieldWord(field), name: project.name }))
            }}
          />
          <People
            view={view}
            show={show}
            readOnly={readOnly || !show.decides}
            onAdd={() => acts.openForm(forms.responsibility(making))}
            onEdit={(r) => acts.openForm(forms.responsibility(making, { ...r, from: null, to: null }))}
          />
          <History view={view} />
          <Extra view={view} />
        </aside>
      </div>
      )}
      {asOf && <p className="pj-unseen">{t('page.asOf', { day: asOf })}</p>}
      {acts.dialog}
    </article>
  )
}

type Acts = ReturnType<typeof useActs>

function ProjectHead({ view, show, readOnly, acts }: { view: ProjectView; show: Show; readOnly: boolean; acts: Acts }) {
  const { t } = useWords()
  const { project, row } = view
  const making = acts.makingOf(view)
  const status = forms.statusActs(view)
  const items = [
    { key: 'rename', label: t('acts.rename'), onClick: afterKey(() => acts.openOn('rename', view)) },
    { key: 'owner', label: t('acts.owner'), onClick: afterKey(() => acts.openOn('owner', view)) },
    { key: 'code', label: t('acts.code'), onClick: afterKey(() => acts.openOn('code', view)) },
    { type: 'divider' as const },
    ...status.map((to) => ({ key: to, label: t(`acts.status.${to}`), onClick: afterKey(() => acts.openForm(forms.changeStatus(making, to))) })),
    ...(status.length ? [{ type: 'divider' as const }] : []),
    { key: 'split', label: t('acts.split'), onClick: afterKey(() => acts.openOn('split', view)) },
  ]
  return (
    <header className="pj-projecthead">
      <div>
        <h2 className="pj-title">
          {project.name}
          {row.status !== 'active' && <em>{show.registers.word('statuses', row.status)}</em>}
        </h2>
        <p className="pj-sub">
          <span>
            <small>{t('col.investment')}</small> <b>{show.units.moneySaid(row.investment) || '—'}</b>
          </span>
          {row.land !== null && (
            <span>
              <small>{t('field.land_total')}</small> <b>{show.units.land(row.land)}</b> {show.units.landWord}
            </span>
          )}
          <span>{show.registers.word('divisions', row.division) || t('page.noDivision')}</span>
          {row.industry && <span>{show.registers.word('industries', row.industry)}</span>}
          {project.owner && <span>{project.owner.name}</span>}
          <span className="pj-code">{row.code || t('page.noCode')}</span>
          {view.parent && (
            <span>
              {t('page.partOf')} <Link to={`/projects/${view.parent.id}`}>{view.parent.name}</Link>
            </span>
          )}
        </p>
      </div>
      {!readOnly && show.decides && (
        <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight" autoFocus>
          <Button>{t('acts.menu')} ▾</Button>
        </Dropdown>
      )}
    </header>
  )
}

function StatusNote({ view, show }: { view: ProjectView; show: Show }) {
  const { t } = useWords()
  const { status } = view.project.lifecycle
  const why = status.reason ?? status.basis
  return (
    <p className="pj-note">
      {t('page.statusSince', { status: show.registers.word('statuses', status.kind), day: status.on ?? '' })}
      {why && `${t('colon')}${why}`}
    </p>
  )
}

export function Gate({ view, show, readOnly, onMove }: { view: ProjectView; show: Show; readOnly: boolean; onMove: () => void }) {
  const { t } = useWords()
  const unmet = view.gate.unmet
  const next = isClosed(view) ? null : view.gate.next
  const bars = unmet.filter((p) => p.severity === 'block')
  const warnings = isClosed(view) ? [] : [...unmet.filter((p) => p.severity !== 'block'), ...view.reminders]
  if (!next && warnings.length === 0) return null
  return (
    <section className="pj-part pj-gate">
      {next && (
        <h2>
          {t('page.gate', { stage: show.registers.word('stages', next) })}
          <small>{bars.length ? t('page.gateShort', { count: bars.length }) : t('page.gateOpen')}</small>
          {!readOnly && show.decides && view.row.status === 'active' && (
            <Button size="small" type={bars.length ? 'default' : 'primary'} onClick={onMove}>
              {t('page.move')}
            </Button>
          )}
        </h2>
      )}
      {next && bars.length === 0 && <p className="pj-ok">✓ {t('stage.clear')}</p>}
      <ProblemList problems={bars} />
      <ProblemList problems={warnings} />
    </section>
  )
}

const Links = ({ of }: { of: Linked[] }) => {
  const { t } = useWords()
  return of.map((p, i) => (
    <span key={p.id}>
      {i > 0 && t('comma')}
      <Link to={`/projects/${p.id}`}>{p.name}</Link>
    </span>
  ))
}

/** Where it came from, what it became, its parts, and what it was called and whose it was. */
function History({ view }: { view: ProjectView }) {
  const { t } = useWords()
  const { project, predecessors, successors, children } = view
  const oldCodes = project.codes.filter((c) => c.state !== 'valid')
  const anything = predecessors.length + successors.length + children.length + project.former_names.length + project.former_owners.length + oldCodes.length
  if (!anything) return null
  return (
    <section className="pj-facts pj-history">
      <h3>{t('history.title')}</h3>
      <dl>
        {predecessors.length > 0 && (
          <div className="pj-wide">
            <dt>{t('history.from')}</dt>
            <dd>
              <Links of={predecessors} />
            </dd>
          </div>
        )}
        {successors.length > 0 && (
          <div className="pj-wide">
            <dt>{t('history.to')}</dt>
            <dd>
              <Links of={successors} />
            </dd>
          </div>
        )}
        {children.length > 0 && (
          <div className="pj-wide">
            <dt>{t('history.parts')}</dt>
            <dd>
              <Links of={children} />
            </dd>
          </div>
        )}
        {project.former_names.map((n) => (
          <div className="pj-wide" key={`${n.name}${n.until}`}>
            <dt>{t('history.name')}</dt>
            <dd>
              {n.name} <small>{t('history.until', { day: n.until, basis: n.basis })}</small>
            </dd>
          </div>
        ))}
        {project.former_owners.map((o) => (
          <div className="pj-wide" key={`${o.owner.name}${o.until}`}>
            <dt>{t('history.owner')}</dt>
            <dd>
              {o.owner.name} <small>{t('history.until', { day: o.until, basis: o.basis })}</small>
            </dd>
          </div>
        ))}
        {oldCodes.map((c) => (
          <div className="pj-wide" key={c.code}>
            <dt>{t('history.code')}</dt>
            <dd>
              {c.code} <small>{t(`code.${c.state}`)}</small>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** Columns the office keeps that Lantu does not interpret. */
function Extra({ view }: { view: ProjectView }) {
  const { t } = useWords()
  const rows = Object.entries(view.project.extra)
  if (!rows.length) return null
  return (
    <section className="pj-facts">
      <h3>{t('facts.extra')}</h3>
      <dl>
        {rows.map(([heading, value]) => (
          <div key={heading}>
            <dt>{heading}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
