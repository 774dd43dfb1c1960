// The battle map of a project: drawing and table, keyboard, baselines, compare, print, phone, English.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { api, enterProject, startHouse, until } from './harness.mjs'

let house
before(async () => (house = await startHouse()))
after(() => house?.close())

let count = 0
const planOf = (page, id) => api(page, `/projects/${id}/plan`)

/** A factory whose plan starts today, on its map. */
async function onMap(options) {
  const page = await house.signedIn('clerk', options)
  const { project } = await enterProject(page, `示例挂图厂${++count}`, { facts: { procedure: 'filing', nature: 'new', industry: '36' } })
  const { seq, today } = await planOf(page, project.id)
  await api(page, `/projects/${project.id}/plan/apply`, { method: 'POST', body: { seq, mode: 'commit', pattern: 'MFG', start: today, facts: {}, without: [] } })
  await page.goto(`/projects/${project.id}?tab=map`)
  await page.locator('.mp-headline').waitFor()
  return { page, id: project.id, today }
}

async function baseline(page, id, name) {
  const { seq, today } = await planOf(page, id)
  await api(page, `/projects/${id}/plan/baseline`, { method: 'POST', body: { seq, name, on: today, reason: '经项目推进会审定', approver: '示例·分管副市长' } })
}

/** Walks the table to a step by its name. */
async function walkTo(page, name) {
  await page.locator('[role=treegrid]').focus()
  for (let steps = 0; steps < 60; steps++) {
    const on = page.locator('[role=treegrid] [aria-selected=true]')
    if ((await on.count()) && (await on.first().innerText()).includes(name)) return
    await page.keyboard.press('ArrowDown')
  }
  assert.fail(`${name} is not in the table`)
}

test('the drawing stands beside a table of the same rows, with ink on it', async () => {
  const { page } = await onMap()
  const rows = Number(await page.locator('[role=treegrid]').getAttribute('aria-rowcount'))
  assert.ok(rows >= 33 + 1, `${rows} rows`)
  await page.waitForFunction(() => {
    const canvas = document.querySelector('.bm-canvas')
    const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data
    const colours = new Set()
    for (let i = 0; i < data.length; i += 4 * 37) colours.add(`${data[i]},${data[i + 1]},${data[i + 2]}`)
    return colours.size > 5
  })
  assert.deepEqual(page.complaints, [])
})

test('the driving path is chosen by its target, and the address keeps it', async () => {
  const { page, id } = await onMap()
  await page.locator('.bm-bar').getByText('达产', { exact: true }).click()
  await page.waitForURL(/target=capacity/)
  await page.reload()
  await page.locator('.bm-drive').first().waitFor()
  const plan = await planOf(page, id)
  assert.equal(plan.milestones.find((m) => m.milestone === 'capacity').path.at(-1), plan.milestones.find((m) => m.milestone === 'capacity').activity)
})

test('the keyboard alone: walk, stretch with Alt and arrows, take back, ask why, open and close', async () => {
  const { page, id } = await onMap()
  const first = (await planOf(page, id)).activities.find((a) => a.id === 'A06')
  await walkTo(page, first.name)
  await page.keyboard.down('Alt')
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.up('Alt')
  const daysAre = (days) => until(async () => (await api(page, `/projects/${id}/plan`)).activities.find((a) => a.id === 'A06').days === days)
  await daysAre(first.days + 2)
  await page.locator('[role=treegrid]').focus()
  await page.keyboard.press('Control+z')
  await daysAre(first.days)
  await page.keyboard.press('?')
  const why = page.locator('.mp-why')
  await why.locator('li').first().waitFor()
  assert.match(await why.innerText(), /为什么是/)
  await page.keyboard.press('Escape')
  await why.waitFor({ state: 'detached' })
  await page.locator('[role=treegrid]').focus()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').getByText(first.name).first().waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})

test('a baseline is the ghost; two are compared with what came, went and moved', async () => {
  const { page, id } = await onMap()
  await baseline(page, id, '示例首版')
  const plan = await planOf(page, id)
  const { days } = plan.activities.find((a) => a.id === 'A06')
  await api(page, `/projects/${id}/plan/edit`, {
    method: 'POST',
    body: { seq: plan.seq, mode: 'commit', reason: '', edits: [{ op: 'set', id: 'A06', was: { days }, days: days + 10 }, { op: 'remove', id: 'A03', bridge: true }, { op: 'add', name: '示例加设节点', phase: 1, days: 4, after: 'A01', clock: 'owner' }] },
  })
  await page.getByRole('combobox', { name: '对比' }).waitFor()
  await page.getByRole('button', { name: '比较基线' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.locator('tbody tr').first().waitFor()
  const said = await dialog.innerText()
  assert.match(said, /删除/)
  assert.match(said, /示例加设节点\s*新增/)
  assert.match(said, /\+1\d/, 'ten working days are more days of the calendar')
  assert.match(said, /经项目推进会审定/)
})

test('progress is recorded at the step, and a permit at its permit', async () => {
  const { page, id, today } = await onMap()
  await page.goto(`/projects/${id}?tab=map&node=A00`)
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('实际完成').fill(today)
  await sheet.getByRole('button', { name: '保存' }).first().click()
  await until(async () => (await api(page, `/projects/${id}/plan`)).activities.find((a) => a.id === 'A00').state === 'done')
  await page.goto(`/projects/${id}?tab=map&node=A01`)
  await sheet.getByText('在手续里登记').waitFor()
  assert.equal(await sheet.getByLabel('实际完成').count(), 0, 'nothing is entered twice')
})

test('the network prints as a drawing of its own', async () => {
  const { page } = await onMap()
  await page.getByRole('link', { name: '打印' }).click()
  await page.waitForURL(/\/print/)
  await page.locator('svg').first().waitFor()
  assert.deepEqual(page.complaints, [])
})

test('on a phone and in English the nodes stand as a line, and nothing runs out of the screen', async () => {
  const { page } = await onMap({ width: 390, height: 844, lang: 'en-GB' })
  await page.locator('.bm-line li').first().waitFor()
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  assert.ok(wide <= 0, `${wide} px too wide`)
  assert.match(await page.locator('.mp-headline').innerText(), /forecast/)
  assert.doesNotMatch(await page.locator('.mp-miles').innerText(), /[一-龥]/)
})
