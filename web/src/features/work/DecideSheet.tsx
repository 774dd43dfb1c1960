/** One fact for all that is chosen: typed once, judged line by line, with what it does to each project's dates before it is sent. */
import { Alert, Button, Input, Select } from 'antd'
import { useEffect, useId, useMemo, useRef, useState } from 'react'
import { freshKey, Refused, type WorkAnswer } from '../../shared/api'
import { SideSheet, useSaid } from '../../shared/ui'
import { type Edit, record, type WorkItem } from './api'
import { Effects } from './Effects'
import { Lines } from './Lines'
import { type Act, actsOf, blank, editOf, firstAct, may, missingOf, numberAfter, type OfRow, type Sheet } from './model'
import { useWords } from './words'

interface Props {
  items: readonly WorkItem[]
  today: string
  onClose: () => void
  onDrop: (key: string) => void
  onStale: () => void
  onDone: (feed: number, label: string) => void
}

const PAUSES = ['correction', 'assessment', 'hearing', 'publicity'] as const

export function DecideSheet({ items, today, onClose, onDrop, onStale, onDone }: Props) {
  const { t } = useWords()
  const choices = actsOf(items)
  const [sheet, setSheet] = useState<Sheet>(() => blank(firstAct(items) ?? 'accept', today))
  const [rows, setRows] = useState<Readonly<Record<string, OfRow>>>({})
  const set = (patch: Partial<Sheet>) => setSheet((now) => ({ ...now, ...patch }))
  const able = useMemo(() => items.filter((item) => may(item, sheet.act)), [items, sheet.act])
  const edits = useMemo(() => able.map((item) => editOf(item, sheet, rows[item.key])), [able, sheet, rows])
  const missing = missingOf(sheet)
  const { answer, error, judging, again } = usePreview(missing ? null : edits)
  const { send, sending, failed } = useSend(edits, sheet.act, onDone, () => (onStale(), again()))
  const blocked = answer?.lines.filter((line) => !line.ok).length ?? 0
  const ready = answer !== null && !judging && blocked === 0 && able.length > 0
  const runOn = () => {
    const first = rows[able[0]?.key ?? '']?.number ?? ''
    setRows((now) => ({ ...now, ...Object.fromEntries(able.map((item, n) => [item.key, { ...now[item.key], number: numberAfter(first, n) }])) }))
  }
  const numbered = sheet.act === 'grant' || sheet.act === 'commit'
  return (
    <SideSheet
      title={t('act.title', { n: able.length })}
      open
      onClose={onClose}
      width={560}
      footer={
        <div className="work-foot">
          <Button type="primary" loading={sending} disabled={!ready} onClick={() => void send()}>
            {sending ? t('commit.sending') : t('commit.send', { n: able.length })}
          </Button>
          <span>{t('commit.all')}</span>
        </div>
      }
    >
      <div className="work-sheet">
        <div className="work-acts" role="radiogroup" aria-label={t('act.which')}>
          {choices.map(({ act, n }) => (
            <button key={act} type="button" role="radio" aria-checked={sheet.act === act} onClick={() => set({ act })}>
              {t('act.able', { word: t(`act.${act}`), n })}
            </button>
          ))}
        </div>
        {able.length < items.length ? <p className="muted">{t('act.out', { n: items.length - able.length, word: t(`act.${sheet.act}`) })}</p> : null}
        <Fields sheet={sheet} today={today} onSet={set} />
        {numbered && able.length > 1 ? (
          <Button size="small" onClick={runOn} disabled={!rows[able[0]?.key ?? '']?.number?.trim()}>
            {t('ask.run')}
          </Button>
        ) : null}
        {failed ? <Alert type="error" showIcon title={failed} /> : null}
        {blocked ? <Alert type="error" showIcon title={t('effect.problems', { n: blocked })} /> : null}
        <Lines items={able} lines={answer?.lines ?? []} numbered={numbered} rows={rows} onRow={(key, row) => setRows((now) => ({ ...now, [key]: { ...now[key], ...row } }))} onDrop={onDrop} />
        {missing ? <p className="muted">{t('ask.fill', { field: missing === 'on' ? t(`on.${sheet.act}`) : t(`ask.${missing}`) })}</p> : <Effects answer={answer} error={error} judging={judging} today={today} />}
      </div>
    </SideSheet>
  )
}

/** What is typed once for all. */
function Fields({ sheet, today, onSet }: { sheet: Sheet; today: string; onSet: (patch: Partial<Sheet>) => void }) {
  const { t } = useWords()
  const id = useId()
  const { act } = sheet
  const needsReason = ['pause', 'return', 'refuse', 'lapse'].includes(act)
  const onStep = ['start', 'progress', 'finish'].includes(act)
  const input = (key: 'on' | 'until' | 'due' | 'valid' | 'remaining' | 'percent' | 'missing' | 'basis', label: string, more: { type?: string; inputMode?: 'numeric'; max?: string } = {}) => (
    <label htmlFor={`${id}-${key}`} key={key}>
      <span>{label}</span>
      <Input id={`${id}-${key}`} {...more} value={sheet[key]} onChange={(event) => onSet({ [key]: event.target.value })} />
    </label>
  )
  return (
    <div className="work-fields">
      {input('on', t(`on.${act}`), { type: 'date', max: today })}
      {act === 'pause' ? (
        <label htmlFor={`${id}-why`}>
          <span>{t('ask.why')}</span>
          <Select id={`${id}-why`} options={PAUSES.map((value) => ({ value, label: t(`ask.${value}`) }))} value={sheet.why} onChange={(why) => onSet({ why })} />
        </label>
      ) : null}
      {act === 'pause' ? input('until', t('ask.until'), { type: 'date' }) : null}
      {act === 'commit' ? input('missing', t('ask.missing')) : null}
      {act === 'commit' ? input('due', t('ask.due'), { type: 'date' }) : null}
      {act === 'grant' || act === 'commit' || act === 'extend' ? input('valid', t('ask.valid_until'), { type: 'date' }) : null}
      {act === 'progress' ? input('remaining', t('ask.remaining'), { inputMode: 'numeric' }) : null}
      {act === 'progress' ? input('percent', t('ask.percent'), { inputMode: 'numeric' }) : null}
      {onStep ? null : input('basis', needsReason ? t('ask.basis') : t('ask.basisOptional'))}
    </div>
  )
}

const SETTLE_MS = 300

/** Judged anew whenever something else is typed; an answer that comes late is not shown. */
function usePreview(edits: Edit[] | null) {
  const [found, setFound] = useState<{ of: string; answer: WorkAnswer | null; error: unknown }>({ of: '', answer: null, error: null })
  const [round, setRound] = useState(0)
  const wanted = edits && JSON.stringify(edits)
  const turn = wanted && `${round} ${wanted}`
  useEffect(() => {
    if (!wanted || !turn) return
    let left = false
    const judge = async () => {
      const result = await record('preview', JSON.parse(wanted) as Edit[]).then(
        ({ body }) => ({ of: turn, answer: body, error: null }),
        (error: unknown) => ({ of: turn, answer: null, error }),
      )
      if (!left) setFound(result)
    }
    const timer = setTimeout(() => void judge(), SETTLE_MS)
    return () => {
      left = true
      clearTimeout(timer)
    }
  }, [wanted, turn])
  const judging = turn !== null && found.of !== turn
  return { answer: turn ? found.answer : null, error: judging ? null : found.error, judging, again: () => setRound((now) => now + 1) }
}

/** Sends once, whatever is clicked; who was faster is named. */
function useSend(edits: Edit[], act: Act, onDone: (feed: number, label: string) => void, onStale: () => void) {
  const { t } = useWords()
  const said = useSaid()
  const [sending, setSending] = useState(false)
  const [failed, setFailed] = useState('')
  const key = useRef(freshKey())
  const wanted = JSON.stringify(edits)
  useEffect(() => {
    key.current = freshKey()
  }, [wanted])
  const send = async () => {
    if (sending) return
    setSending(true)
    setFailed('')
    try {
      const { body } = await record('commit', edits, key.current)
      if (body.feed === null) onStale()
      else onDone(body.feed, t('commit.done', { act: t(`act.${act}`), n: edits.length }))
    } catch (problem) {
      const stale = problem instanceof Refused ? problem.stale : undefined
      setFailed(stale ? t('commit.stale', { by: stale.by }) : said(problem).title)
      if (stale) onStale()
    }
    setSending(false)
  }
  return { send, sending, failed }
}
