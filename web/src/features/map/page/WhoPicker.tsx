/** The organisation that answers for a step in this project. */
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useId } from 'react'
import { get, keys } from '../../../shared/api'
import { Row } from './Dialog'
import { useWords } from './words'

export function WhoPicker({ label, value, onChange }: { label: string; value: string | null; onChange: (org: string | null) => void }) {
  const { t } = useWords()
  const id = useId()
  const orgs = useQuery({ queryKey: keys.orgs, queryFn: () => get<{ id: string; name: string }[]>('/orgs'), staleTime: 60_000, retry: false }).data ?? []
  return (
    <Row id={id} label={label}>
      <Select id={id} size="small" style={{ width: '100%' }} allowClear showSearch={{ optionFilterProp: 'label' }} placeholder={t('act.choose')} value={value ?? undefined} onChange={(org) => onChange(org ?? null)} options={orgs.map((o) => ({ value: o.id, label: o.name }))} />
    </Row>
  )
}
