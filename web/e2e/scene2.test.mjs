// A plan from a pattern: its dates, its driving path, a late permit, what-if, undo, a cycle refused, two people at one network.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { api, enterProject, startHouse, until } from './harness.mjs'

let house
before(async () => (house = await startHouse()))
after(() => house?.close())

const SECOND = 1000
const START = '2026-03-02'
let count = 0

const planOf = (page, id) => api(page, `/projects/${id}/plan`)
const step = (plan, id) => plan.activities.find((a) => a.id === id)
const milestone = (plan, key) => plan.milestones.find((m) => m.milestone === key)

/** A factory of the test's own. */
async function factory(page, name = `示例作战厂${++count}`) {
  const { project } = await enterProject(page, name, { facts: { procedure: 'filing', nature: 'new', industry: '36', start_planned: '2026-07' } })
  return project
}

/** Writes to its plan through the API, at the version that is there. */
async function edit(page, id, ...edits) {
  const { seq } = await planOf(page, id)
  return api(page, `/projects/${id}/plan/edit`, { method: 'POST', body: { seq, mode: 'commit', edits, reason: '' } })
}

/** A factory with its plan, on its map. */
async function planned({ role = 'clerk', start = START, ...options } = {}) {
  const page = await house.signedIn(role, options)
  const project = await factory(page)
  const { seq } = await planOf(page, project.id)
  await api(page, `/projects/${project.id}/plan/apply`, { method: 'POST', body: { seq, mode: 'commit', pattern: 'MFG', start, facts: {}, without: [] } })
  await page.goto(`/projects/${project.id}?tab=map`)
  await page.locator('.mp-headline').waitFor()
  return { page, id: project.id, project }
}

/** Opens a step's sheet by its address, as a link that somebody sent. */
async function sheetOf(page, id, node) {
  await page.goto(`/projects/${id}?tab=map&node=${node}`)
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('heading', { name: '修改节点' }).waitFor()
  return sheet
}

test('a pattern is applied from the page: its milestones are seen before anything is written', async () => {
  const page = await house.signedIn('clerk')
  const project = await factory(page)
  await page.goto(`/projects/${project.id}`)
  await page.getByRole('tab', { name: '作战图' }).click()
  await page.getByRole('button', { name: '从工期模板生成计划' }).click()
  const dialog = page.getByRole('dialog')
  assert.match(await dialog.locator('.ant-select').first().innerText(), /标准地新建工厂/, 'the pattern that fits comes first')
  await dialog.getByLabel('准入（签约）日').fill(START)
  await dialog.locator('.mp-preview dl').waitFor()
  await page.waitForFunction((day) => document.querySelector('.mp-preview small')?.innerText.includes(day), START)
  assert.deepEqual((await planOf(page, project.id)).activities, [], 'nothing is written by looking')
  await dialog.getByRole('button', { name: '生成计划' }).click()
  await page.locator('.mp-headline').waitFor()
  const plan = await planOf(page, project.id)
  assert.equal(plan.activities.length, 33)
  assert.equal(plan.start, START)
  assert.match(await page.locator('.mp-miles').innerText(), /开工[\s\S]*竣工[\s\S]*投产[\s\S]*达产/)
})

/** Working days after `start` up to `day`, by the calendar that the plan itself shows. */
function workingDays({ off_days: off }, start, day) {
  let count = 0
  for (let at = Date.parse(start) + 86_400_000; at <= Date.parse(day); at += 86_400_000) {
    const iso = new Date(at).toISOString().slice(0, 10)
    if (!off.some((o) => o.from <= iso && iso <= o.until)) count += 1
  }
  return count
}

test('seen on its first day, a plan has the dates of its pattern: 75, 253, 260, 515; design drives, land does not', async () => {
  const page = await house.signedIn('clerk')
  const { today } = await api(page, '/overview')
  const { id } = await planned({ start: today })
  const plan = await planOf(page, id)
  const offsets = Object.fromEntries(plan.milestones.map((m) => [m.milestone, workingDays(plan, today, m.expected)]))
  assert.deepEqual([offsets.start, offsets.completion, offsets.production, offsets.capacity], [75, 253, 260, 515])
  const { path } = milestone(plan, 'start')
  for (const design of ['A02', 'A03', 'A06', 'A14', 'A15', 'A17']) assert.ok(path.includes(design), `${design} in ${path}`)
  for (const land of ['A04', 'A05']) assert.ok(!path.includes(land), `${land} not in ${path}`)
})

test('a permit accepted late moves the start of works, and the reason names who is waited for', async () => {
  const { page, id, project } = await planned()
  const before = milestone(await planOf(page, id), 'start').expected
  const { today } = await api(page, '/overview')
  const { seq } = await api(page, `/projects/${id}`)
  const plain = { planned: null, applied: null, decided: null, valid_until: null, number: null }
  await api(page, `/projects/${id}/formality`, { method: 'POST', body: { seq, formality: { ...plain, kind: 'eia', state: 'planned' } } })
  const act = async (fact) => api(page, `/projects/${id}/formality-act`, { method: 'POST', body: { seq: (await api(page, `/projects/${id}`)).seq, fact: { kind: 'eia', basis: '补正风险专章', ...fact } } })
  await act({ act: 'accept', on: today })
  await act({ act: 'pause', why: 'correction', on: today, until: null })
  const plan = await planOf(page, id)
  const permit = plan.activities.find((a) => a.formality.some((f) => f.kind === 'eia'))
  assert.equal(permit.state, 'paused', 'the map knows what was recorded at the permit')
  assert.ok(milestone(plan, 'start').expected >= before)
  await page.goto(`/projects/${project.id}?tab=map&node=${permit.id}`)
  await page.getByRole('dialog').getByRole('button', { name: '恢复计时' }).waitFor()
})

test('what-if changes nothing until it is kept, survives a reload, and is kept as one step', async () => {
  const { page, id } = await planned()
  await page.getByRole('button', { name: '试算' }).click()
  const before = await planOf(page, id)
  const sheet = await sheetOf(page, id, 'A06')
  const days = step(before, 'A06').days + 20
  await sheet.getByLabel('工期').fill(String(days))
  await sheet.getByRole('button', { name: '保存' }).last().click()
  await page.locator('.mp-whatif .mp-moved', { hasText: '开工' }).waitFor()
  assert.equal(step(await planOf(page, id), 'A06').days, days - 20, 'nothing written')
  await page.reload()
  await page.locator('.mp-whatif .mp-moved', { hasText: '开工' }).waitFor()
  await page.keyboard.press('Escape')
  await page.locator('.mp-whatif').getByRole('button', { name: '保存全部' }).click()
  await page.locator('.mp-whatif').waitFor({ state: 'detached' })
  assert.equal(step(await planOf(page, id), 'A06').days, days)
})

test('an edit is taken back with Ctrl+Z and done again with Ctrl+Shift+Z', async () => {
  const { page, id } = await planned()
  const { days } = step(await planOf(page, id), 'A14')
  const sheet = await sheetOf(page, id, 'A14')
  await sheet.getByLabel('工期').fill(String(days + 3))
  await sheet.getByRole('button', { name: '保存' }).last().click()
  await page.getByRole('button', { name: /撤销/ }).waitFor()
  assert.equal(step(await planOf(page, id), 'A14').days, days + 3)
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  const daysAre = (wanted) => until(async () => step(await planOf(page, id), 'A14').days === wanted)
  await page.keyboard.press('Control+z')
  await daysAre(days)
  await page.getByText(/已撤销/).waitFor()
  await page.keyboard.press('Control+Shift+z')
  await daysAre(days + 3)
})

test('a cycle is refused by the names of its steps, and nothing is written', async () => {
  const { page, id } = await planned()
  const { after: links } = step(await planOf(page, id), 'A02')
  const sheet = await sheetOf(page, id, 'A02')
  await sheet.getByLabel('前置').fill('A00;A04')
  await sheet.getByRole('button', { name: '保存' }).last().click()
  const refused = page.locator('.mp-problems')
  await refused.waitFor()
  const said = await refused.innerText()
  for (const name of ['净地整理', '土地出让']) assert.ok(said.includes(name), `${name} in ${said}`)
  assert.equal(step(await planOf(page, id), 'A02').after, links)
})

test('two windows change the same step: the second keeps the edit in hand, sees who was quicker, and does it again', async () => {
  const { page, id } = await planned()
  const sheet = await sheetOf(page, id, 'A15')
  const { days } = step(await planOf(page, id), 'A15')
  await sheet.getByLabel('工期').fill(String(days + 7))
  const other = await house.signedIn('clerk')
  await edit(other, id, { op: 'set', id: 'A15', was: { days }, days: days + 1 })
  assert.equal(await sheet.getByLabel('工期').inputValue(), String(days + 7), 'what was typed stays')
  await sheet.getByRole('button', { name: '保存' }).last().click()
  const conflict = page.locator('.mp-conflict')
  await conflict.waitFor()
  assert.match(await conflict.innerText(), /示例.*刚改过同一处/)
  assert.equal(step(await planOf(page, id), 'A15').days, days + 1, 'nobody was overwritten')
  await conflict.getByRole('button', { name: '在最新的计划上再做一次' }).click()
  await until(async () => step(await planOf(page, id), 'A15').days === days + 7)
})

test('a step of another changes beside mine: both are kept', async () => {
  const { page, id } = await planned()
  const seen = await planOf(page, id)
  const other = await house.signedIn('clerk')
  await edit(other, id, { op: 'set', id: 'A14', was: { days: step(seen, 'A14').days }, days: 9 })
  await api(page, `/projects/${id}/plan/edit`, { method: 'POST', body: { seq: seen.seq, mode: 'commit', edits: [{ op: 'set', id: 'A15', was: { days: step(seen, 'A15').days }, days: 11 }], reason: '' } })
  const plan = await planOf(page, id)
  assert.deepEqual([step(plan, 'A14').days, step(plan, 'A15').days], [9, 11])
  await assert.rejects(api(page, `/projects/${id}/plan/edit`, { method: 'POST', body: { seq: seen.seq, mode: 'commit', edits: [{ op: 'set', id: 'A14', was: { days: step(seen, 'A14').days }, days: 12 }], reason: '' } }), /409/)
})

test('two people at one map see each other, and the step that each has in hand', async () => {
  const { page, id } = await planned()
  const name = step(await planOf(page, id), 'A03').name
  const other = await house.signedIn('director')
  await other.goto(`/projects/${id}?tab=map`)
  await page.locator('.mp-others').getByText('也在看').waitFor()
  await other.goto(`/projects/${id}?tab=map&node=A03`)
  await page.locator('.mp-others').getByRole('button', { name }).waitFor()
  await page.goto(`/projects/${id}?tab=map&node=A03`)
  await page.getByRole('dialog').locator('.mp-also').waitFor()
  await page.keyboard.press('Escape')
  await other.getByRole('dialog').waitFor()
  await other.keyboard.press('Escape')
  await other.getByRole('tab').first().click()
  await until(async () => (await page.locator('.mp-others').count()) === 0)
})

test('a fact moves the dates, the light and the reason in another browser within a second', async () => {
  const { page, id } = await planned()
  const reader = await house.signedIn('director')
  await reader.goto(`/projects/${id}?tab=map`)
  const line = reader.locator('.mp-headline')
  await line.waitFor()
  const before = await line.innerText()
  await reader.evaluate(() => (window.stillHere = true))
  await edit(page, id, { op: 'set', id: 'A06', was: {}, days: 90 })
  const written = Date.now()
  await reader.waitForFunction((text) => document.querySelector('.mp-headline').innerText !== text, before)
  assert.ok(Date.now() - written <= SECOND, `it took ${Date.now() - written} ms`)
  assert.match(await line.innerText(), /开工预测.*在等/)
  assert.equal(await reader.evaluate(() => window.stillHere), true, 'the window was not reloaded')
})

test('removing a step tells what waits for it, and bridges it', async () => {
  const { page, id } = await planned()
  const sheet = await sheetOf(page, id, 'A03')
  await sheet.getByRole('button', { name: '移出计划' }).click()
  const dialog = page.getByRole('dialog').filter({ hasText: '在等它' })
  await dialog.waitFor()
  assert.match(await dialog.innerText(), /A04/)
  await dialog.getByRole('button', { name: '移出', exact: true }).click()
  await until(async () => !(await planOf(page, id)).activities.some((a) => a.id === 'A03'))
  const plan = await planOf(page, id)
  assert.ok(plan.activities.every((a) => !/\bA03\b/.test(a.after)), 'no link leads nowhere')
})
