// A change made in one browser appears in another within a second.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { api, enterProject, startHouse } from './harness.mjs'

let house
before(async () => (house = await startHouse()))
after(() => house?.close())

const SECOND = 1000

test('an edit appears in another window within a second, without a reload', async () => {
  const author = await house.signedIn('clerk')
  const made = await enterProject(author, '示例活水试验厂', { facts: { total_investment: 1_230_000_000 } })
  const reader = await house.signedIn('director')
  await reader.goto(`/projects?q=${encodeURIComponent('示例活水试验厂')}`)
  const cell = reader.locator('.pj-c-investment').first()
  await cell.getByText('1,230').waitFor()
  await reader.evaluate(() => (window.stillHere = true))

  await api(author, `/projects/${made.project.id}`, { method: 'PATCH', body: { seq: made.seq, patch: { total_investment: 4_560_000_000 } } })
  const written = Date.now()
  await cell.getByText('4,560').waitFor()
  assert.ok(Date.now() - written <= SECOND, `it took ${Date.now() - written} ms`)
  assert.equal(await reader.evaluate(() => window.stillHere), true, 'the window was not reloaded')
})

test('what one may not see is not told', async () => {
  const author = await house.signedIn('clerk')
  const town = await house.signedIn('town')
  const me = await api(town, '/session')
  const elsewhere = (await api(author, '/pack')).divisions.find((d) => d.parent && !me.scope.divisions.includes(d.code))
  assert.ok(elsewhere, 'the demo town sees one town of several')
  await town.goto('/projects')
  await town.locator('.pj-c-name').first().waitFor()
  const heard = town.evaluate(
    () =>
      new Promise((resolve) => {
        const told = []
        const source = new EventSource('/api/v1/events')
        source.addEventListener('feed', (event) => told.push(...(JSON.parse(event.data).projects ?? [])))
        source.addEventListener('open', () => setTimeout(() => (source.close(), resolve(told)), 1500))
      }),
  )
  const made = await enterProject(author, '示例他镇项目', { facts: { division: elsewhere.code } })
  assert.ok(!(await heard).includes(made.project.id), 'the event names no project outside of the scope')
  const found = await api(town, `/projects?q=${encodeURIComponent('示例他镇项目')}`)
  assert.deepEqual(found.items, [])
})
