import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { RIGHTS, ROLES } from '../../shared/api/types'
import { LIMITED, MAY } from './rights'

const server = readFileSync(`${process.cwd()}/../crates/app/src/permission.rs`, 'utf8')
const snake = (name: string) => name.replace(/(?<!^)([A-Z])/g, '_$1').toLowerCase()

test('the table of roles says what the server grants', () => {
  const body = /pub fn rights[\s\S]*?match self \{([\s\S]*?)\n {8}\}/.exec(server)?.[1] ?? ''
  const granted = new Map<string, string[]>()
  for (const [, roles = '', rights = ''] of body.matchAll(/((?:Self::\w+(?: \| )?)+) => &\[([^\]]*)\]/g)) {
    for (const [, role = ''] of roles.matchAll(/Self::(\w+)/g)) granted.set(snake(role), rights.split(',').map((r) => snake(r.trim())).filter(Boolean))
  }
  expect([...granted.keys()].toSorted()).toEqual([...ROLES].toSorted())
  for (const role of ROLES) expect([...MAY[role]].toSorted(), role).toEqual(granted.get(role)?.toSorted())
  expect(RIGHTS.every((r) => ROLES.some((role) => MAY[role].includes(r)))).toBe(true)
})

test('the roles that need a scope are the ones the server limits', () => {
  const limited = /fn needs_scope[\s\S]*?matches!\(self, ([^)]*)\)/.exec(server)?.[1] ?? ''
  expect([...limited.matchAll(/Self::(\w+)/g)].map(([, r = '']) => snake(r)).toSorted()).toEqual([...LIMITED].toSorted())
})
