import { expect, test } from 'vitest'
import { differencesOf } from '../../../shared/words/sameInBoth'
import type { PatternShared } from '../../../shared/api'
import { fill, textOf } from '../../../shared/words'
import { en } from './en'
import { copied, emptyPattern, freeId, inserted, moved, type T, valueText, whenText, without, withStep } from './model'
import { zh } from './zh'

const t: T = (key, values) => fill(textOf(en, key), values)
const shared: PatternShared = {
  phases: [{ number: 1, zh: '一', en: 'One' }],
  facts: [
    { key: 'energy', zh: '能耗', en: 'Energy', kind: 'number', unit_zh: '吨', unit_en: 't' },
    { key: 'forest', zh: '林地', en: 'Forest', kind: 'yes_no', unit_zh: null, unit_en: null },
  ],
  departments: [{ key: 'drb', zh: '发改局', en: 'Reform Bureau', role: false }],
  formalities: [],
  ranges: [],
  clocks: [],
  milestones: [],
}

const three = () => [0, 1, 2].reduce((draft, at) => inserted(draft, at), emptyPattern())

test('rows are added, moved and taken out', () => {
  const draft = three()
  expect(draft.activities.map((a) => a.id)).toEqual(['A00', 'A01', 'A02'])
  expect(draft.activities.map((a) => a.after)).toEqual(['', 'A00', 'A01'])
  expect(moved(draft, 0, 1).activities.map((a) => a.id)).toEqual(['A01', 'A00', 'A02'])
  expect(moved(draft, 0, -1)).toBe(draft)
  expect(without(draft, 1).activities.map((a) => a.id)).toEqual(['A00', 'A02'])
  expect(withStep(draft, 2, { days: 9 }).activities[2]?.days).toBe(9)
  expect(freeId(draft.activities)).toBe('A03')
})

test('a copy has a key of its own', () => {
  const draft = { ...three(), key: 'MFG' }
  expect(copied(draft, ['MFG']).key).toBe('MFG2')
  expect(copied(draft, ['MFG', 'mfg2']).key).toBe('MFG3')
})

test('conditions are read as sentences', () => {
  const when = { any: [{ fact: 'energy', at_least: 1000 }, { all: [{ fact: 'forest', is: true }, { fact: 'energy', below: 5 }] }] }
  expect(whenText(when, shared, t, 'en')).toBe('Energy at least 1000 t or (Forest:yes and Energy below 5 t)')
  expect(whenText(null, shared, t, 'en')).toBe('')
})

test('values are told by name', () => {
  const step = { ...three().activities[0]!, phase: 1, department: ['drb', 'moon'], limit: { days: 20, unit: 'wd', mark: null }, range: { min: 80, max: 150 } }
  expect(['phase', 'department', 'limit', 'range', 'clock'].map((f) => valueText(step, f, shared, t, 'en'))).toEqual(['One', 'Reform Bureau, moon', '20 working days', '80–150 %', 'Government'])
})

test('both languages say the same', () => {
  expect(differencesOf(zh, en)).toEqual([])
})
