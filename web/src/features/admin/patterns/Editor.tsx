/** One pattern in a table, judged as it is edited. */
import { App, Button, DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { useEffect, useMemo, useState } from 'react'
import { type PatternDraft, type Patterns, useMe, usePack } from '../../../shared/api'
import { Light, useSaid } from '../../../shared/ui'
import { type FactValues, useJudged } from './api'
import { Changes } from './Changes'
import { Dates } from './Dates'
import { inserted } from './model'
import type { Opened } from './Patterns'
import { PutDialog } from './PutDialog'
import { StepSheet } from './StepSheet'
import { StepTable } from './StepTable'
import { useWords } from './words'

/** A moment's rest before a draft is judged. */
const REST_MS = 250

function useRested<V>(value: V): V {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), REST_MS)
    return () => clearTimeout(timer)
  }, [value])
  return rested
}

export function Editor({ opened, patterns, onClose }: { opened: Opened; patterns: Patterns; onClose: () => void }) {
  const { t, lang } = useWords()
  const said = useSaid()
  const { modal } = App.useApp()
  const today = useMe()?.today ?? null
  const [states, setStates] = useState<PatternDraft[]>([opened.draft])
  const [based, setBased] = useState(opened.based)
  const [start, setStart] = useState<string | null>(today)
  const [facts, setFacts] = useState<FactValues>({})
  const [round, setRound] = useState(0)
  const [step, setStep] = useState<number | null>(null)
  const [putting, setPutting] = useState(false)
  const draft = states.at(-1) ?? opened.draft
  const mayEdit = patterns.can_edit
  const ask = useMemo(() => ({ was: opened.was, draft, start, facts }), [opened.was, draft, start, facts])
  const rested = useRested(ask)
  const judged = useJudged(rested, round, mayEdit)
  const check = judged.data
  const current = check !== undefined && rested === ask && !judged.isPlaceholderData
  const set = (next: PatternDraft) => setStates((all) => [...all.slice(-199), next])
  const undo = () => setStates((all) => (all.length > 1 ? all.slice(0, -1) : all))
  useEffect(() => {
    const onKey = (e: KeyboardEvent) => {
      if (!(e.ctrlKey || e.metaKey) || e.key !== 'z' || e.target instanceof HTMLInputElement || e.target instanceof HTMLTextAreaElement) return
      e.preventDefault()
      setStates((all) => (all.length > 1 ? all.slice(0, -1) : all))
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  const changes = check ? check.difference.head.length + check.difference.steps.length : 0
  const close = () => {
    if (!mayEdit || states.length < 2) return onClose()
    modal.confirm({ title: t('act.discardAsk', { n: Math.max(1, changes) }), okText: t('act.discard'), onOk: onClose })
  }
  const findings = check?.findings ?? []
  return (
    <div className="pat-editor">
      <div className="admin-bar pat-bar">
        <Button type="text" onClick={close}>
          ← {t('head.back')}
        </Button>
        <h2>{draft.words[lang] || t('head.newTitle')}</h2>
        <span className="pat-buttons">
          {check ? (
            <span role="status" className="pat-status">
              {current ? <Light color={findings.length ? 'amber' : 'green'} word={findings.length ? t('check.findings', { n: findings.length }) : t('check.fine')} /> : <span className="muted">{t('act.checking')}</span>}
            </span>
          ) : null}
          <Button href={check && changes > 0 ? `data:application/toml;charset=utf-8,${encodeURIComponent(check.text)}` : `/api/v1/patterns/${opened.was ?? ''}/file`} download={`${(draft.key || 'pattern').toLowerCase()}.toml`} disabled={!check && !opened.was}>
            {t('act.download')}
          </Button>
          {mayEdit ? (
            <>
              <Button onClick={undo} disabled={states.length < 2}>
                {t('act.undo')}
              </Button>
              <Button type="primary" disabled={!current || findings.length > 0 || changes === 0} onClick={() => setPutting(true)}>
                {findings.length > 0 ? t('act.putBlocked', { n: findings.length }) : changes === 0 ? t('act.noChange') : t('act.put')}
              </Button>
            </>
          ) : null}
        </span>
      </div>
      <p className="admin-hint">
        {t('head.runningSays', { n: based.running })} {mayEdit ? null : t('head.readOnly')} {opened.file ? t('upload.loaded', { name: opened.file }) : null}
      </p>
      {judged.error ? (
        <p role="alert" className="pat-wrong">
          {said(judged.error).title} {said(judged.error).remedy}
        </p>
      ) : null}
      <Head draft={draft} mayEdit={mayEdit} set={set} />
      <Findings findings={findings} steps={draft.activities} onOpen={setStep} />
      <StepTable draft={draft} shared={patterns.shared} dates={check?.dates ?? null} findings={current ? findings : []} difference={check?.difference ?? null} mayEdit={mayEdit} set={set} onOpen={setStep} />
      {mayEdit ? (
        <Button className="pat-add" onClick={() => set(inserted(draft, draft.activities.length))}>
          {t('act.addStep')}
        </Button>
      ) : null}
      {mayEdit ? (
        <div className="pat-under">
          <section>
            <h3>{t('check.dates')}</h3>
            <label className="pat-from">
              {t('check.from')}
              <DatePicker aria-label={t('check.from')} allowClear={false} value={start ? dayjs(start) : null} onChange={(day) => setStart(day ? day.format('YYYY-MM-DD') : null)} />
            </label>
            <Dates check={check} shared={patterns.shared} facts={facts} setFacts={setFacts} draft={draft} />
          </section>
          <section>
            <h3>{t('diff.title')}</h3>
            {check ? <Changes before={based.draft} after={draft} difference={check.difference} shared={patterns.shared} /> : null}
          </section>
        </div>
      ) : null}
      {step !== null && draft.activities[step] ? <StepSheet draft={draft} at={step} shared={patterns.shared} mayEdit={mayEdit} findings={findings.filter((f) => f.row === step)} set={set} onClose={() => setStep(null)} /> : null}
      {putting ? (
        <PutDialog
          was={opened.was}
          based={based}
          draft={draft}
          onClose={() => setPutting(false)}
          onDone={onClose}
          onRebase={(next) => {
            setBased(next)
            setRound((n) => n + 1)
            setPutting(false)
          }}
        />
      ) : null}
    </div>
  )
}

function Head({ draft, mayEdit, set }: { draft: PatternDraft; mayEdit: boolean; set: (next: PatternDraft) => void }) {
  const { t, lang } = useWords()
  const pack = usePack()
  const options = (of: readonly { key: string; zh: string; en: string }[] | undefined) => (of ?? []).map((w) => ({ value: w.key, label: w[lang] }))
  const applies = (patch: Partial<PatternDraft['applies']>) => set({ ...draft, applies: { ...draft.applies, ...patch } })
  const lists = [
    ['procedures', t('head.procedures'), options(pack?.procedures)],
    ['natures', t('head.natures'), options(pack?.natures)],
  ] as const
  return (
    <div className="pat-head">
      <label>
        <span>{t('head.key')}</span>
        <Input value={draft.key} disabled={!mayEdit} onChange={(e) => set({ ...draft, key: e.target.value })} />
      </label>
      {(['zh', 'en'] as const).map((of) => (
        <label key={of}>
          <span>{t(`head.${of}`)}</span>
          <Input value={draft.words[of]} disabled={!mayEdit} onChange={(e) => set({ ...draft, words: { ...draft.words, [of]: e.target.value } })} />
        </label>
      ))}
      {lists.map(([key, label, of]) => (
        <label key={key}>
          <span>{label}</span>
          <Select mode="multiple" aria-label={label} disabled={!mayEdit} placeholder={t('head.all')} value={draft.applies[key]} options={of} onChange={(value: string[]) => applies({ [key]: value })} />
        </label>
      ))}
      <label>
        <span>{t('head.industries')}</span>
        <Select mode="tags" open={false} suffixIcon={null} aria-label={t('head.industries')} disabled={!mayEdit} placeholder={t('head.all')} value={draft.applies.industries} tokenSeparators={[',', '，', '、', ';', ' ']} onChange={(value: string[]) => applies({ industries: value })} />
      </label>
    </div>
  )
}

function Findings({ findings, steps, onOpen }: { findings: readonly import('../../../shared/api').PatternFinding[]; steps: PatternDraft['activities']; onOpen: (row: number) => void }) {
  const { t } = useWords()
  if (findings.length === 0) return null
  return (
    <ul className="pat-findings" aria-label={t('check.findings', { n: findings.length })}>
      {findings.map((f, n) => {
        const { row } = f
        const place = row === null ? (f.file ? t('check.otherFile', { file: f.file }) : t('check.head')) : steps[row]?.id || t('check.row', { n: row + 1 })
        return (
          <li key={n}>
            {row === null ? (
              <b>{place}</b>
            ) : (
              <button type="button" className="pat-link" onClick={() => onOpen(row)}>
                {place}
              </button>
            )}{' '}
            {f.title} <span className="muted">{f.remedy}</span>
          </li>
        )
      })}
    </ul>
  )
}
