/** What is known of the project, asked as questions; not knowing is an answer. */
import { Input, Radio } from 'antd'
import { useId } from 'react'
import { Row } from './Dialog'
import type { FactValue, PlanFact } from './types'
import { useWords } from './words'

export type Facts = Record<string, FactValue>

export const factsOf = (facts: readonly PlanFact[]): Facts => Object.fromEntries(facts.map((f) => [f.key, f.value]))

/** A whole number as people type it; `null` for nothing, `undefined` for what is no number. */
export function readWhole(text: string): number | null | undefined {
  const plain = text.replace(/[\s,，]/g, '')
  if (!plain) return null
  return /^\d{1,15}$/.test(plain) ? Number(plain) : undefined
}

export function FactsForm({ asked, facts, onChange }: { asked: readonly PlanFact[]; facts: Facts; onChange: (facts: Facts) => void }) {
  const { t } = useWords()
  const id = useId()
  return asked.map((fact) => {
    const value = facts[fact.key] ?? null
    const set = (next: FactValue) => onChange({ ...facts, [fact.key]: next })
    return fact.kind === 'yes_no' ? (
      <div className="mp-field" key={fact.key} role="radiogroup" aria-label={fact.name}>
        <span>{fact.name}</span>
        <Radio.Group
          size="small"
          optionType="button"
          value={value === null ? 'unknown' : value ? 'yes' : 'no'}
          options={(['unknown', 'yes', 'no'] as const).map((key) => ({ value: key, label: t(`apply.${key}`) }))}
          onChange={(event) => set(event.target.value === 'unknown' ? null : event.target.value === 'yes')}
        />
      </div>
    ) : (
      <Row key={fact.key} id={`${id}-${fact.key}`} label={fact.name}>
        <Input
          id={`${id}-${fact.key}`}
          inputMode="numeric"
          defaultValue={typeof value === 'number' ? String(value) : ''}
          placeholder={t('apply.unknown')}
          suffix={fact.unit}
          onChange={(event) => {
            const read = readWhole(event.target.value)
            if (read !== undefined) set(read)
          }}
        />
      </Row>
    )
  })
}
