import { expect, test, vi } from 'vitest'
import { paced } from './feed'

test('the first of many changes is followed at once, the rest together after a pause', () => {
  vi.useFakeTimers()
  let asked = 0
  const figures = paced(() => asked++, 400)
  for (let n = 0; n < 50; n++) figures.ask()
  expect(asked).toBe(1)
  vi.advanceTimersByTime(400)
  expect(asked).toBe(2)
  vi.advanceTimersByTime(4000)
  expect(asked).toBe(2)
  figures.ask()
  expect(asked).toBe(3)
  figures.ask()
  figures.stop()
  vi.advanceTimersByTime(4000)
  expect(asked).toBe(3)
  vi.useRealTimers()
})
