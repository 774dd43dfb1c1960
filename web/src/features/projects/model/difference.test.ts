import { expect, it } from 'vitest'
import { difference } from './difference'

it('keeps only what changed of lists and tables', () => {
  expect(difference('formalities', [{ k: 1 }, { k: 2 }], [{ k: 1 }, { k: 3 }])).toEqual({ before: [{ k: 2 }], after: [{ k: 3 }] })
  expect(difference('ytd_done', { '2026-03': 1, '2026-04': 2 }, { '2026-03': 1, '2026-04': 5, '2026-05': 9 })).toEqual({
    before: { '2026-04': 2 },
    after: { '2026-04': 5, '2026-05': 9 },
  })
  expect(difference('name', 'a', 'b')).toEqual({ before: 'a', after: 'b' })
  expect(difference('codes', null, ['x'])).toEqual({ before: null, after: ['x'] })
  const lifecycle = { stage: { kind: 'ready' }, status: { kind: 'active' } }
  expect(difference('lifecycle', lifecycle, { ...lifecycle, status: { kind: 'deferred' } }).before).toBe(lifecycle)
})
