/** 作战图 of a project: its network with dates, what it waits for, and every way of changing it. */
import { useQueryClient } from '@tanstack/react-query'
import { Button, Dropdown, Select } from 'antd'
import { useCallback, useMemo, useRef, useState } from 'react'
import { Link } from 'react-router'
import { useFeed } from '../../../shared/api'
import type { ProjectRoom } from '../../../shared/project'
import { Empty, Failed, Loading, useNarrow, useUrlState } from '../../../shared/ui'
import { BattleMap, type BattleMapHandle, fromPlan, type MapEdit, NodeLine } from '../canvas'
import { ApplyDialog } from './ApplyDialog'
import { ConflictBand, ContractorBand, NewerBand, RefusedBand, WhatIfBand } from './Bands'
import { CompareBaselines, TakeBaseline } from './Baselines'
import { Difference } from './Difference'
import { fromMap } from './edits'
import { Headline } from './Headline'
import { Milestones } from './Milestones'
import { NodeSheet } from './NodeSheet'
import { AlsoHere, Others } from './Others'
import { Problems } from './Problems'
import { useBeside, usePlan } from './queries'
import { RiskStrip } from './RiskStrip'
import { AddDialog, FactsDialog, RemoveDialog, StartDialog } from './StepDialogs'
import type { PlanView } from './types'
import { useEditing } from './useEditing'
import { useFlash } from './useFlash'
import { usePlanKeys } from './usePlanKeys'
import { usePresence } from './usePresence'
import { useWhatIf } from './useWhatIf'
import { Why } from './Why'
import { useWords } from './words'
import './page.css'

export function MapTab({ room }: { room: ProjectRoom }) {
  const { t } = useWords()
  const client = useQueryClient()
  const query = usePlan(room.id, room.asOf)
  const others = query.data?.activities.flatMap((a) => a.after_others.map((o) => o.project)).join() ?? ''
  useFeed(
    useCallback(
      (ids: string[] | null) => {
        if (ids === null || ids.some((id) => id === room.id || others.includes(id))) void client.invalidateQueries({ queryKey: ['projects', 'plan', room.id] })
      },
      [client, room.id, others],
    ),
  )
  if (query.isError) return <Failed error={query.error} onAgain={() => void query.refetch()} />
  if (!query.data) {
    return (
      <div aria-label={t('tab.loading')}>
        <Loading rows={14} />
      </div>
    )
  }
  const plan = room.readOnly ? { ...query.data, can_edit: false } : query.data
  return plan.activities.length || plan.applied ? <Standing room={room} plan={plan} /> : <NoPlan room={room} plan={plan} />
}

function NoPlan({ room, plan }: { room: ProjectRoom; plan: PlanView }) {
  const { t } = useWords()
  const whatIf = useWhatIf(room.id, undefined)
  const editing = useEditing(room, plan, whatIf)
  const [open, setOpen] = useState(false)
  return (
    <>
      <RefusedBand editing={editing} />
      <Empty
        title={t('tab.none')}
        says={plan.can_edit ? t('tab.noneSays') : t('tab.noneRead')}
        action={
          plan.can_edit ? (
            <Button type="primary" onClick={() => setOpen(true)}>
              {t('tab.make')}
            </Button>
          ) : undefined
        }
      />
      {open && <ApplyDialog room={room} plan={plan} editing={editing} onClose={() => setOpen(false)} />}
    </>
  )
}

type Opened = 'baseline' | 'compare' | 'difference' | 'add' | 'start' | 'facts' | null

const NONE = 'none'

/** The ghost that the address asks for: the newest, none, or the one of that place. */
function ghostOf(kept: string | null, plan: PlanView): number | null | undefined {
  if (kept === NONE) return null
  const at = kept === null ? Number.NaN : Number(kept)
  return Number.isInteger(at) && plan.baselines[at] ? at : undefined
}

function Standing({ room, plan: standing }: { room: ProjectRoom; plan: PlanView }) {
  const { t, lang } = useWords()
  const whatIf = useWhatIf(room.id, standing)
  const editing = useEditing(room, standing, whatIf)
  const trying = whatIf.on && whatIf.answer && whatIf.answer.unmet.length === 0
  const plan = useMemo(() => (trying && whatIf.answer ? { ...whatIf.answer.plan, can_edit: standing.can_edit } : standing), [trying, whatIf.answer, standing])
  const [target, setTarget] = useUrlState('target')
  const [ghost, setGhost] = useUrlState('baseline')
  const [node, setNode] = useUrlState('node')
  const [selected, setSelected] = useState<string | null>(null)
  const [why, setWhy] = useState<string | null>(null)
  const [opened, setOpened] = useState<Opened>(null)
  const [removing, setRemoving] = useState<string | null>(null)
  const map = useRef<BattleMapHandle>(null)
  const narrow = useNarrow()
  const flashing = useFlash(standing)
  usePlanKeys(room, whatIf)
  const others = usePresence(room.id, node, room.asOf === null)
  const shownTarget = target === NONE ? null : (target ?? plan.milestones.find((m) => !m.done)?.milestone ?? null)
  const baseline = ghostOf(ghost, plan)
  const beside = useBeside(room.id, room.asOf).data ?? null
  const contractor = useMemo(() => new Map(beside?.rows.map((r) => [r.activity, { from: r.file_start, until: r.file_finish }])), [beside])
  const model = useMemo(() => fromPlan(plan, { lang, baseline, contractor }), [plan, lang, baseline, contractor])
  const steps = useMemo(() => new Map(plan.activities.map((a) => [a.id, a])), [plan.activities])
  const close = () => setOpened(null)
  const pick = (id: string) => {
    setSelected(id)
    map.current?.reveal(id)
  }
  const sheet = node ? steps.get(node) : undefined
  const notice = (
    <>
      {node && <AlsoHere others={others} of={node} />}
      <ConflictBand editing={editing} />
      <RefusedBand editing={editing} />
    </>
  )
  const askWhy = (id: string) => {
    pick(id)
    setWhy(id)
  }
  const { edit } = editing
  const onMapEdit = useCallback(
    async (drawn: MapEdit) => {
      const made = fromMap(plan, drawn)
      const of = steps.get(drawn.kind === 'link' ? drawn.to : drawn.id)
      if (made && of) await edit([made], t(drawn.kind === 'link' ? 'node.linked' : 'node.saved', { name: of.name }))
    },
    [plan, steps, edit, t],
  )
  const keep = async () => {
    const { edits } = whatIf
    if (await editing.write(edits, t('whatIf.did', { n: edits.length }))) whatIf.drop()
  }
  const whyOf = why ? steps.get(why) : undefined
  const removed = removing ? steps.get(removing) : undefined
  const tools = <Tools plan={plan} ghost={ghost} onGhost={setGhost} whatIf={whatIf.on} onWhatIf={() => (whatIf.on ? whatIf.drop() : whatIf.begin())} onOpen={setOpened} hasEdits={whatIf.edits.length > 0} />
  return (
    <div className="mp">
      <Headline plan={plan} target={shownTarget} onWhy={askWhy} />
      <Others plan={plan} others={others} onPick={pick} />
      {plan.problems.length > 0 && <Problems title={t('tab.broken')} lines={plan.problems} />}
      <ContractorBand room={room} beside={beside} />
      <NewerBand plan={standing} onShow={() => setOpened('difference')} />
      {!sheet && notice}
      <WhatIfBand plan={standing} whatIf={whatIf} onKeep={() => void keep()} />
      {narrow ? (
        <>
          <div className="mp-phonetools">{tools}</div>
          <NodeLine model={model} target={shownTarget} onOpen={setNode} />
        </>
      ) : (
        <div className="mp-map">
          <BattleMap
            ref={map}
            model={model}
            target={shownTarget}
            onTarget={(key) => setTarget(key ?? NONE)}
            selected={selected}
            onSelect={setSelected}
            onOpen={setNode}
            onBegin={(id) => setNode(id)}
            onEdit={plan.can_edit ? onMapEdit : undefined}
            onKey={(event, id) => {
              if (id && event.key === '?') askWhy(id)
              else if (id && event.key === 'Delete' && plan.can_edit) setRemoving(id)
              else if (event.key === 'Insert' && plan.can_edit) setOpened('add')
              else return false
              return true
            }}
            ringed={why}
            tools={tools}
            aside={whyOf ? <Why plan={standing} of={whyOf} beside={beside} onPick={askWhy} onClose={() => setWhy(null)} /> : undefined}
          />
        </div>
      )}
      <div className="mp-below">
        <Milestones plan={plan} flashing={flashing} onPick={pick} />
        <RiskStrip plan={plan} onPick={pick} />
      </div>
      <NodeSheet
        plan={plan}
        of={sheet}
        notice={notice}
        room={room}
        onEdit={edit}
        onWhy={(id) => {
          setNode(null)
          askWhy(id)
        }}
        onPick={setNode}
        onRemove={(of) => setRemoving(of.id)}
        onClose={() => setNode(null)}
      />
      {narrow && whyOf && <Why plan={standing} of={whyOf} beside={beside} onPick={askWhy} onClose={() => setWhy(null)} />}
      {removed && <RemoveDialog plan={plan} of={removed} onEdit={edit} onClose={() => setRemoving(null)} />}
      {opened === 'add' && <AddDialog plan={plan} beside={selected ? steps.get(selected) : undefined} onEdit={edit} onClose={close} />}
      {opened === 'start' && <StartDialog plan={plan} onEdit={edit} onClose={close} />}
      {opened === 'facts' && <FactsDialog plan={plan} onEdit={edit} onClose={close} />}
      {opened === 'baseline' && <TakeBaseline plan={standing} room={room} editing={editing} onClose={close} />}
      {opened === 'compare' && <CompareBaselines plan={plan} onClose={close} onPick={(id) => (close(), pick(id))} />}
      {opened === 'difference' && <Difference plan={standing} room={room} editing={editing} onClose={close} />}
    </div>
  )
}

interface ToolsProps {
  plan: PlanView
  ghost: string | null
  onGhost: (kept: string | null) => void
  whatIf: boolean
  hasEdits: boolean
  onWhatIf: () => void
  onOpen: (what: Opened) => void
}

function Tools({ plan, ghost, onGhost, whatIf, hasEdits, onWhatIf, onOpen }: ToolsProps) {
  const { t } = useWords()
  const last = plan.baselines.length - 1
  const items = [
    { key: 'add', label: t('tool.add'), onClick: () => onOpen('add') },
    { key: 'facts', label: t('tool.facts'), onClick: () => onOpen('facts') },
    { key: 'start', label: t('tool.start'), onClick: () => onOpen('start') },
    { type: 'divider' as const },
    { key: 'baseline', label: t('tool.take'), onClick: () => onOpen('baseline') },
  ]
  return (
    <>
      {plan.can_edit && (
        <Dropdown menu={{ items }} trigger={['click']} autoFocus>
          <Button size="small">{t('tool.menu')} ▾</Button>
        </Dropdown>
      )}
      {plan.can_edit && (
        <Button size="small" type={whatIf ? 'primary' : 'default'} aria-pressed={whatIf} disabled={whatIf && hasEdits} onClick={onWhatIf}>
          {t('tool.whatIf')}
        </Button>
      )}
      <Link className="mp-print" to={`/projects/${plan.project}/print`}>
        {t('tool.print')}
      </Link>
      {last >= 0 && (
        <>
          <Select
            size="small"
            aria-label={t('tool.baseline')}
            value={ghost === NONE ? NONE : String(ghostOf(ghost, plan) ?? last)}
            options={[...plan.baselines.map((b, i) => ({ value: String(i), label: t('tool.newest', { name: b.name, day: b.on }) })), { value: NONE, label: t('tool.noBaseline') }]}
            onChange={(kept) => onGhost(kept === String(last) ? null : kept)}
            popupMatchSelectWidth={false}
          />
          <Button size="small" onClick={() => onOpen('compare')}>
            {t('tool.compare')}
          </Button>
        </>
      )}
    </>
  )
}
