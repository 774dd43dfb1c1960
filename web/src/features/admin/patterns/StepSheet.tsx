/** All of one step. */
import { Button, Input, InputNumber, Select } from 'antd'
import type { ReactNode } from 'react'
import type { ActivityDraft, PatternDraft, PatternFinding, PatternShared } from '../../../shared/api'
import { SideSheet } from '../../../shared/ui'
import { withStep } from './model'
import { When } from './When'
import { useWords, type WordKey } from './words'

const UNITS = ['wd', 'cd', 'instant'] as const
const MARKS = ['none', 'from_memory', 'completion_budget', 'county_list'] as const

export function StepSheet({ draft, at, shared, mayEdit, findings, set, onClose }: { draft: PatternDraft; at: number; shared: PatternShared; mayEdit: boolean; findings: readonly PatternFinding[]; set: (next: PatternDraft) => void; onClose: () => void }) {
  const { t, lang } = useWords()
  const step = draft.activities[at]
  if (!step) return null
  const patch = (change: Partial<ActivityDraft>) => set(withStep(draft, at, change))
  const say = (key: string) => t(key as WordKey)
  const options = (of: readonly { key: string; zh: string; en: string }[]) => of.map((w) => ({ value: w.key, label: w[lang] }))
  const field = (key: string, control: ReactNode, hint?: string) => {
    const found = findings.filter((f) => f.field === key)
    return (
      <div className="pat-field">
        <span>{say(`field.${key}`)}</span>
        {control}
        {hint ? <small className="muted">{hint}</small> : null}
        {found.map((f, n) => (
          <small key={n} className="pat-wrong">
            {f.title} {f.remedy}
          </small>
        ))}
      </div>
    )
  }
  const many = (key: 'department' | 'formality' | 'milestone', of: { value: string; label: string }[]) => <Select mode="multiple" disabled={!mayEdit} aria-label={say(`field.${key}`)} optionFilterProp="label" value={step[key]} options={of} onChange={(value: string[]) => patch({ [key]: value })} />
  const both = (key: 'party' | 'note') => {
    const words = step[key]
    const put = (of: 'zh' | 'en', text: string) => {
      const next = { zh: words?.zh ?? '', en: words?.en ?? '', [of]: text }
      patch({ [key]: next.zh || next.en ? next : null })
    }
    return (
      <span className="pat-two">
        {(['zh', 'en'] as const).map((of) => (
          <Input key={of} disabled={!mayEdit} aria-label={`${say(`field.${key}`)} ${of === 'zh' ? '中文' : 'English'}`} placeholder={of === 'zh' ? '中文' : 'English'} value={words?.[of] ?? ''} onChange={(e) => put(of, e.target.value)} />
        ))}
      </span>
    )
  }
  return (
    <SideSheet
      open
      onClose={onClose}
      width={520}
      title={`${step.id} ${step.words[lang]}`}
      footer={
        <div className="admin-foot">
          <Button type="primary" onClick={onClose}>
            {t('act.done')}
          </Button>
        </div>
      }
    >
      <div className="pat-sheet">
        {field('id', <Input aria-label={t('field.id')} value={step.id} disabled={!mayEdit} onChange={(e) => patch({ id: e.target.value })} />)}
        {field('words', <span className="pat-two">{(['zh', 'en'] as const).map((of) => <Input key={of} aria-label={t(`field.${of}`)} value={step.words[of]} disabled={!mayEdit} onChange={(e) => patch({ words: { ...step.words, [of]: e.target.value } })} />)}</span>)}
        {field('phase', <Select aria-label={t('field.phase')} disabled={!mayEdit} value={step.phase} options={shared.phases.map((p) => ({ value: p.number, label: p[lang] }))} onChange={(phase: number) => patch({ phase })} />)}
        {field('after', <Input aria-label={t('field.after')} value={step.after} disabled={!mayEdit} onChange={(e) => patch({ after: e.target.value })} />, t('hint.after'))}
        {field('days', <InputNumber aria-label={t('field.days')} min={0} max={10_000} precision={0} value={step.days} disabled={!mayEdit} onChange={(days) => patch({ days })} />)}
        {field('department', many('department', options(shared.departments)), t('hint.department'))}
        {field('party', both('party'))}
        {field('clock', <Select aria-label={t('field.clock')} disabled={!mayEdit} value={step.clock || null} options={shared.clocks.map((c) => ({ value: c, label: say(`clock.${c}`) }))} onChange={(clock: string) => patch({ clock })} />)}
        {field(
          'limit',
          <span className="pat-two">
            <Select
              aria-label={t('field.limit')}
              allowClear
              disabled={!mayEdit}
              placeholder={t('diff.nothing')}
              value={step.limit?.unit ?? null}
              options={UNITS.map((u) => ({ value: u as string, label: t(`unit.${u}`) }))}
              onChange={(unit: string | undefined) => patch({ limit: unit ? { days: unit === 'instant' ? null : (step.limit?.days ?? step.days ?? 20), unit, mark: step.limit?.mark ?? null } : null })}
            />
            {step.limit && step.limit.unit !== 'instant' ? <InputNumber aria-label={`${t('field.limit')} ${t('field.days')}`} min={1} max={10_000} precision={0} disabled={!mayEdit} value={step.limit.days} onChange={(days) => step.limit && patch({ limit: { ...step.limit, days } })} /> : null}
            {step.limit ? <Select aria-label={t('mark.none')} disabled={!mayEdit} value={step.limit.mark ?? 'none'} options={MARKS.map((m) => ({ value: m as string, label: t(`mark.${m}`) }))} onChange={(mark: string) => step.limit && patch({ limit: { ...step.limit, mark: mark === 'none' ? null : mark } })} /> : null}
          </span>,
        )}
        {field('formality', many('formality', options(shared.formalities)))}
        {field(
          'milestone',
          many(
            'milestone',
            shared.milestones.map((m) => ({ value: m, label: say(`milestone.${m}`) })),
          ),
        )}
        {field('when', <When when={step.when} shared={shared} mayEdit={mayEdit} set={(when) => patch({ when, leave_out: when !== null && step.leave_out })} />)}
        {step.when
          ? field(
              'unknown',
              <Select
                aria-label={t('field.unknown')}
                disabled={!mayEdit}
                value={step.leave_out ? 'leave_out' : 'keep'}
                options={(['keep', 'leave_out'] as const).map((u) => ({ value: u as string, label: t(`when.${u}`) }))}
                onChange={(u: string) => patch({ leave_out: u === 'leave_out' })}
              />,
            )
          : null}
        {field(
          'range',
          <span className="pat-two">
            {(['min', 'max'] as const).map((end) => (
              <InputNumber
                key={end}
                aria-label={`${t('field.range')} ${end}`}
                min={1}
                max={1000}
                precision={0}
                suffix="%"
                disabled={!mayEdit}
                placeholder={String(shared.ranges.find((r) => r.clock === step.clock)?.[end] ?? '')}
                value={step.range?.[end] ?? null}
                onChange={(n) => {
                  const usual = shared.ranges.find((r) => r.clock === step.clock)
                  patch({ range: n === null ? null : { min: step.range?.min ?? usual?.min ?? 100, max: step.range?.max ?? usual?.max ?? 100, [end]: n } })
                }}
              />
            ))}
          </span>,
          t('hint.range'),
        )}
        {field('note', both('note'))}
      </div>
    </SideSheet>
  )
}
