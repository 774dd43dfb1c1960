import { expect, test } from 'vitest'
import { isSchedule, sizeSaid } from './upload'

test('sizes are said as people say them', () => {
  expect([12, 2048, 3 << 20].map(sizeSaid)).toEqual(['12 B', '2 KB', '3.0 MB'])
})

test('schedules are known by their ending', () => {
  expect(['总进度.XER', '计划.xml', '批复.pdf'].map(isSchedule)).toEqual([true, true, false])
})
