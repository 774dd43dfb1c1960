/** /projects/:id/print: the network of a project on A3. */
import { Button } from 'antd'
import { useMemo } from 'react'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import { type SayWord, useMe, usePack, useSay } from '../../../shared/api'
import { PageHead } from '../../../shared/shell'
import { Empty, Failed, Loading, type Units, unitsOf } from '../../../shared/ui'
import { fromPlan } from '../canvas/fromPlan'
import { paperInk } from '../canvas/ink'
import { networkPages } from './network'
import { type PrintedPlan, type PrintedProject, usePrinted } from './queries'
import type { PrintSheet } from './sheet'
import { Sheets, wideIn } from './Sheets'
import { type T, useWords } from './words'

export function PrintPage() {
  const { t } = useWords()
  const { id = '' } = useParams()
  const [params] = useSearchParams()
  const { plan, card } = usePrinted(id, params.get('as_of'))
  const failed = plan.error ?? card.error
  const body = () => {
    if (failed) return <Failed error={failed} onAgain={() => void Promise.all([plan.refetch(), card.refetch()])} />
    if (!plan.data || !card.data) return <Loading rows={12} />
    if (plan.data.activities.length === 0) return <Empty title={t('page.none')} action={<Link to={`/projects/${id}`}>{t('page.back')}</Link>} />
    return <Ready id={id} plan={plan.data} card={card.data} target={params.get('to')} />
  }
  return (
    <>
      <PageHead title={t('page.title')} scope={['as_of']} />
      {body()}
    </>
  )
}

function Ready({ id, plan, card, target }: { id: string; plan: PrintedPlan; card: PrintedProject; target: string | null }) {
  const { t, lang } = useWords()
  const me = useMe()
  const pack = usePack()
  const say = useSay()
  const navigate = useNavigate()
  const pages = useMemo(() => {
    const ink = paperInk()
    const model = fromPlan(plan, { lang })
    // The next milestone that has not been reached is what the sheet is about, unless one was chosen.
    const next = model.milestones.find((m) => m.done === null)?.key ?? null
    const sheet = sheetOf({ plan, card, t, say, units: unitsOf(pack, lang), by: me?.name ?? '', demo: me?.office.demo ?? false })
    return networkPages({ model, sheet, target: target ?? next, ink, lang, t, wide: wideIn(ink['font-num']) })
  }, [plan, card, t, lang, say, pack, me, target])
  return (
    <Sheets pages={pages} paper="a3" name={`${card.project.name}-${t('sheet.form')}-${plan.today}`}>
      <Button onClick={() => void navigate(`/projects/${id}`)}>{t('page.back')}</Button>
    </Sheets>
  )
}

interface Known {
  plan: PrintedPlan
  card: PrintedProject
  t: T
  say: SayWord
  units: Units
  by: string
  demo: boolean
}

function sheetOf({ plan, card, t, say, units, by, demo }: Known): PrintSheet {
  const { project, names } = card
  const facts = [project.owner?.name, project.scale, units.moneySaid(project.total_investment), units.landSaid(project.land_total), say('divisions', project.division), card.row.code]
  return {
    form: t('sheet.form'),
    above: [...new Set(project.memberships.map((m) => `${m.list.year} ${say('lists', m.list.kind)}`)), demo ? t('sheet.demo') : ''].filter(Boolean).join(' · '),
    name: project.name,
    below: facts.filter(Boolean).join('　'),
    light: lightOf(plan, t),
    duties: project.responsibilities.filter((d) => d.to === null).map((d) => ({ role: say('roles', d.role), who: [names.orgs[d.org ?? ''], names.people[d.person ?? '']].filter(Boolean).join(' ') })),
    problems: problemsOf(plan),
    signatures: [t('duty.leader'), t('duty.lead'), t('duty.land'), t('duty.owner')],
    by,
    version: plan.seq,
    computed: plan.today,
    feed: plan.feed,
  }
}

/** The next milestone's standing, with whose move it is. */
function lightOf(plan: PrintedPlan, t: T): PrintSheet['light'] {
  const next = plan.milestones.find((m) => m.done === null)
  if (!next) return null
  const late = next.days_late ?? 0
  const standing = late > 0 ? t('sheet.late', { n: late }) : late < 0 ? t('sheet.early', { n: -late }) : t('sheet.onTime')
  const words = [`${next.name} ${next.expected}`, next.due ? standing : '', next.blocking ? `${next.blocking.activity_name} ${next.blocking.mover_name ?? ''}` : '']
  return { color: next.light === 'red' || next.light === 'amber' ? next.light : 'green', words: words.filter(Boolean).join(' · ') }
}

/** What holds a milestone up, each once. */
function problemsOf(plan: PrintedPlan): PrintSheet['problems'] {
  const seen = new Map<string, PrintSheet['problems'][number]>()
  for (const m of plan.milestones) {
    if (!m.blocking || m.done !== null || seen.has(m.blocking.activity_name)) continue
    const activity = plan.activities.find((a) => a.name === m.blocking?.activity_name)
    seen.set(m.blocking.activity_name, { what: m.blocking.activity_name, who: m.blocking.mover_name ?? '', due: activity?.finish.slice(5) ?? '', ask: `${m.name} ${m.expected}` })
  }
  return [...seen.values()]
}

