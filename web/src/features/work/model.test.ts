import { expect, test } from 'vitest'
import type { WorkItem } from './api'
import { actsOf, blank, clockBar, editOf, firstAct, missingOf, numberAfter } from './model'

const item = (more: Partial<WorkItem>): WorkItem =>
  ({ project: 'p', seq: 4, formality: 'eia', activity: 'A03', begun: '2026-05-04', state: 'running', pauses: [], overdue: 0, limit_day: null, promised: null, acts: ['grant', 'pause', 'return'], ...more }) as WorkItem
const step = item({ formality: null, acts: ['start', 'finish'], state: 'ready', begun: null })

test('the acts of a choice are those that some of it allow, each with its number', () => {
  expect(actsOf([item({}), item({ acts: ['accept'] }), step])).toEqual([
    { act: 'grant', n: 1 },
    { act: 'accept', n: 1 },
    { act: 'return', n: 1 },
    { act: 'pause', n: 1 },
    { act: 'start', n: 1 },
    { act: 'finish', n: 1 },
  ])
  expect(firstAct([item({ acts: ['accept'] }), item({ acts: ['accept'] }), step])).toBe('accept')
  expect(firstAct([])).toBeNull()
})

test('a filled-in sheet is sent as facts of permits and progress of steps', () => {
  const grant = editOf(item({}), { ...blank('grant', '2026-05-18'), valid: '2027-05-18' }, { number: ' 41 号 ' })
  expect(grant).toEqual({ project: 'p', seq: 4, said: { fact: { kind: 'eia', on: '2026-05-18', basis: '', act: 'grant', number: '41 号', valid_until: '2027-05-18' } } })
  expect(editOf(step, blank('finish', '2026-05-18')).said).toEqual({ progress: { id: 'A03', finished: '2026-05-18', started: '2026-05-18' } })
  expect(editOf({ ...step, state: 'running' }, { ...blank('progress', '2026-05-18'), percent: '40' }).said).toEqual({ progress: { id: 'A03', seen: '2026-05-18', percent: 40 } })
})

test('what must be typed is asked for before anything is judged', () => {
  expect(missingOf(blank('accept', '2026-05-18'))).toBeNull()
  expect(missingOf(blank('return', '2026-05-18'))).toBe('basis')
  expect(missingOf({ ...blank('commit', '2026-05-18'), missing: 'x' })).toBe('due')
  expect(missingOf({ ...blank('grant', ''), on: '' })).toBe('on')
})

test('numbers go on from the first, with their noughts', () => {
  expect([0, 1, 2].map((n) => numberAfter('示环许〔2026〕009号', n))).toEqual(['示环许〔2026〕009号', '示环许〔2026〕010号', '示环许〔2026〕011号'])
  expect(numberAfter('无号', 3)).toBe('无号')
})

test('a clock is drawn on one scale: ran, stood still, ran over', () => {
  const late = item({ pauses: [{ from: '2026-05-07', until: '2026-05-09' }], limit_day: '2026-05-14', overdue: 4 })
  expect(clockBar(late, '2026-05-18')).toEqual({
    now: 14,
    limit: 10,
    promised: null,
    stretches: [
      { from: 0, to: 2, kind: 'ran' },
      { from: 2, to: 5, kind: 'paused' },
      { from: 5, to: 10, kind: 'ran' },
      { from: 10, to: 14, kind: 'over' },
    ],
  })
  expect(clockBar(step, '2026-05-18')).toBeNull()
})
