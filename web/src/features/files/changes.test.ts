import { expect, test } from 'vitest'
import { changesIn, counted } from './changes'
import type { ChangedRow } from './types'

const row = (name: string, more: Partial<ChangedRow>): ChangedRow => ({ kind: 'changed', code: '', name, summary: false, milestone: false, critical: false, days: null, fields: [], ...more })
const rows = [
  row('桩基', { kind: 'added' }),
  row('主体', { days: 7, fields: [{ topic: 'durations', name: '工期', before: '10 天', after: '15 天' }, { topic: 'dates', name: '完成', before: '2026-03-20', after: '2026-03-27' }] }),
  row('桩基 → 主体', { kind: 'link_added', fields: [{ topic: 'links', name: '逻辑关系', before: '–', after: 'FS' }] }),
]

test('a filter shows the rows and of them the fields that it is about', () => {
  expect(changesIn(rows, 'dates').map((r) => [r.name, r.fields.length])).toEqual([['主体', 1]])
  expect(changesIn(rows, 'added').map((r) => r.name)).toEqual(['桩基'])
  expect(counted(rows)).toMatchObject({ all: 3, added: 1, deleted: 0, durations: 1, links: 1 })
})
