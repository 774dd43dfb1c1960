import { expect, test } from 'vitest'
import { safeBack } from './back'

test('the way back leads into the app only', () => {
  expect(safeBack('/projects?q=a')).toBe('/projects?q=a')
  for (const elsewhere of [null, '', 'https://example.com', '//example.com', '/\\example.com', 'javascript:alert(1)']) expect(safeBack(elsewhere)).toBe('/')
})
