import { expect, it } from 'vitest'
import type { ProblemView } from '../api/types'
import { type Field, problemsAt } from './form'

const field = (key: string): Field => ({ key, kind: 'day', label: key })
const problem = (place: string | null, severity: ProblemView['severity'], title: string): ProblemView => ({ severity, code: 'x', place, title, remedy: '改', values: {} })

it('puts what is wrong at the field it is about, and keeps the rest', () => {
  const found = [problem('on', 'block', '晚于今天'), problem('on', 'block', '次序颠倒'), problem('eia', 'block', '未受理'), problem('on', 'warn', '提醒'), problem(null, 'block', '已销号')]
  const { wrong, rest } = problemsAt([field('on'), field('until')], found)
  expect(wrong).toEqual({ on: '晚于今天\n改\n次序颠倒\n改' })
  expect(rest.map((p) => p.title)).toEqual(['未受理', '提醒', '已销号'])
})
