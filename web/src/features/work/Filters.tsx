/** Whose queue, and which of it. */
import { Button, Input, Select } from 'antd'
import { useEffect, useState } from 'react'
import { useCan, type WorkPage } from '../../shared/api'
import { type Asked, exportPath } from './api'
import { useWords } from './words'

interface Props {
  page: WorkPage
  asked: Asked
  onAsk: (patch: Partial<Asked>) => void
}

const LIGHTS = ['red', 'amber', 'green'] as const
const SORTS = ['limit', 'cost', 'since', 'project', 'finish'] as const
const SOONS = ['1', '2', '3', '5', '10'] as const
const listed = (value: string | null) => value?.split(',').filter(Boolean) ?? []

export function Filters({ page, asked, onAsk }: Props) {
  const { t } = useWords()
  const mayExport = useCan('export')
  const many = (key: 'desk' | 'kind' | 'light', label: string, placeholder: string, options: { value: string; label: string }[]) => (
    <Select mode="multiple" className={`work-${key}`} aria-label={label} placeholder={placeholder} allowClear maxTagCount="responsive" optionFilterProp="label" popupMatchSelectWidth={false} options={options} value={listed(asked[key])} onChange={(value: string[]) => onAsk({ [key]: value.join(',') || null })} />
  )
  const desks = page.desks.map((desk) => ({ value: desk.key, label: t('filter.desks', { name: desk.name, rows: desk.rows }) }))
  const everyone = page.mine.length ? [{ value: 'all', label: t('filter.all') }, ...desks.filter((desk) => desk.value !== 'all')] : desks
  const kinds = page.kinds.map((kind) => ({ value: kind.key, label: t('filter.desks', { name: kind.name || t('filter.steps'), rows: kind.rows }) }))
  return (
    <div className="work-filters" role="search">
      {many('desk', t('filter.desk'), page.mine.length ? t('filter.mine') : t('filter.all'), everyone)}
      {many('kind', t('filter.kind'), t('filter.kindAll'), kinds)}
      {many('light', t('filter.light'), t('filter.lightAll'), LIGHTS.map((value) => ({ value, label: t(`light.${value}`) })))}
      <Text value={asked.q ?? ''} onChange={(q) => onAsk({ q: q || null })} />
      <label className="work-soon">
        <span>{t('filter.soon')}</span>
        <Select aria-label={t('filter.soon')} options={SOONS.map((value) => ({ value, label: value }))} value={asked.soon ?? '3'} onChange={(soon: string) => onAsk({ soon: soon === '3' ? null : soon })} />
      </label>
      <Select className="work-sort" aria-label={t('filter.sort')} popupMatchSelectWidth={false} options={SORTS.map((value) => ({ value, label: t(`filter.${value}`) }))} value={asked.sort ?? 'limit'} onChange={(sort: string) => onAsk({ sort: sort === 'limit' ? null : sort })} />
      {mayExport ? (
        <Button href={exportPath(asked)} download>
          {t('page.export')}
        </Button>
      ) : null}
    </div>
  )
}

const SETTLE_MS = 250

/** Typed text is asked for once the typing pauses. */
function Text({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const { t } = useWords()
  const [text, setText] = useState(value)
  const [seen, setSeen] = useState(value)
  if (seen !== value) {
    setSeen(value)
    setText(value)
  }
  useEffect(() => {
    if (text === value) return
    const timer = setTimeout(() => onChange(text.trim()), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [text, value, onChange])
  return <Input.Search className="work-text" allowClear aria-label={t('filter.text')} placeholder={t('filter.text')} value={text} onChange={(event) => setText(event.target.value)} onSearch={(now) => onChange(now.trim())} />
}
