/** A condition as lines of fact, test and value, joined by any or all. */
import { Button, InputNumber, Select } from 'antd'
import type { PatternShared, WhenDraft } from '../../../shared/api'
import { whenText } from './model'
import { useWords } from './words'

type Joined = 'always' | 'any' | 'all'

const linesOf = (when: WhenDraft | null): WhenDraft[] => (when === null ? [] : (when.any ?? when.all ?? [when]))
const joinOf = (when: WhenDraft | null): Joined => (when === null ? 'always' : when.all ? 'all' : 'any')

function joined(how: Joined, lines: WhenDraft[]): WhenDraft | null {
  if (how === 'always' || lines.length === 0) return null
  const [only] = lines
  return lines.length === 1 && only && how === 'any' ? only : { [how]: lines }
}

export function When({ when, shared, mayEdit, set }: { when: WhenDraft | null; shared: PatternShared; mayEdit: boolean; set: (when: WhenDraft | null) => void }) {
  const { t, lang } = useWords()
  const [how, lines] = [joinOf(when), linesOf(when)]
  const first = (key: string | undefined): WhenDraft => {
    const fact = shared.facts.find((f) => f.key === key) ?? shared.facts[0]
    return fact?.kind === 'yes_no' ? { fact: fact.key, is: true } : { fact: fact?.key ?? '', at_least: 0 }
  }
  const put = (at: number, line: WhenDraft) => set(joined(how, lines.map((l, n) => (n === at ? line : l))))
  return (
    <div className="pat-when">
      <Select
        aria-label={t('field.when')}
        disabled={!mayEdit || shared.facts.length === 0}
        value={how}
        options={(['always', 'any', 'all'] as const).map((value) => ({ value, label: t(`when.${value}`) }))}
        onChange={(next: Joined) => set(joined(next, lines.length ? lines : [first(undefined)]))}
      />
      {lines.map((line, at) => (
        <div className="pat-line" key={at}>
          {line.any || line.all ? <span>{whenText(line, shared, t, lang)}</span> : <Test line={line} shared={shared} mayEdit={mayEdit} set={(l) => put(at, l)} fresh={first} />}
          {mayEdit ? (
            <Button size="small" type="text" aria-label={t('when.remove')} onClick={() => set(joined(how, lines.filter((_, n) => n !== at)))}>
              ×
            </Button>
          ) : null}
        </div>
      ))}
      {mayEdit && how !== 'always' ? (
        <Button size="small" onClick={() => set(joined(how, [...lines, first(undefined)]))}>
          {t('when.add')}
        </Button>
      ) : null}
    </div>
  )
}

function Test({ line, shared, mayEdit, set, fresh }: { line: WhenDraft; shared: PatternShared; mayEdit: boolean; set: (line: WhenDraft) => void; fresh: (key: string) => WhenDraft }) {
  const { t, lang } = useWords()
  const fact = shared.facts.find((f) => f.key === line.fact)
  const unit = lang === 'zh' ? fact?.unit_zh : fact?.unit_en
  const below = line.below !== undefined && line.below !== null
  const number = below ? line.below : line.at_least
  const key = line.fact ?? ''
  return (
    <>
      <Select className="pat-fact" aria-label={t('when.fact')} disabled={!mayEdit} value={key} options={shared.facts.map((f) => ({ value: f.key, label: f[lang] }))} onChange={(k: string) => set(fresh(k))} />
      {line.is !== undefined && line.is !== null ? (
        <Select
          aria-label={t('when.test')}
          disabled={!mayEdit}
          value={line.is ? 'is' : 'isNot'}
          options={(['is', 'isNot'] as const).map((value) => ({ value: value as string, label: t(`when.${value}`) }))}
          onChange={(v: string) => set({ fact: key, is: v === 'is' })}
        />
      ) : (
        <>
          <Select
            aria-label={t('when.test')}
            disabled={!mayEdit}
            value={below ? 'below' : 'at_least'}
            options={(['at_least', 'below'] as const).map((value) => ({ value: value as string, label: t(`when.${value}`) }))}
            onChange={(v: string) => set(v === 'below' ? { fact: key, below: number ?? 0 } : { fact: key, at_least: number ?? 0 })}
          />
          <InputNumber aria-label={t('when.value')} min={0} precision={0} disabled={!mayEdit} value={number ?? null} suffix={unit} onChange={(n) => set(below ? { fact: key, below: n ?? 0 } : { fact: key, at_least: n ?? 0 })} />
        </>
      )}
    </>
  )
}
