// Decisions on many projects at once, and the grid's own furniture: lists, departments, mergers, views, columns, jumps.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { api, enterProject, startHouse, until } from './harness.mjs'

let house
before(async () => (house = await startHouse()))
after(() => house?.close())

const asked = (name) => `q=${encodeURIComponent(name)}`
const names = (page) => page.locator('.pj-body .pj-c-name').allTextContents()

/** The grid with only the projects of this test, all of them selected. */
async function selected(page, name, count) {
  await page.goto(`/projects?${asked(name)}&sort=name`)
  await page.waitForFunction((n) => document.querySelectorAll('.pj-body .pj-c-name').length === n, count)
  await page.getByRole('checkbox', { name: '选中已载入的全部项目' }).check()
  return page.getByRole('region', { name: '已选项目' })
}

async function enter(page, name, count) {
  for (let n = 1; n <= count; n++) await enterProject(page, `${name}${n}`, { facts: { total_investment: n * 1_000_000 } })
}

async function choose(page, within, label, option) {
  await within.getByRole('combobox', { name: label }).click()
  await page.keyboard.type(option)
  await page.keyboard.press('Enter')
}

test('added to a list together, taken back together', async () => {
  const page = await house.signedIn('clerk')
  await enter(page, '示例入单厂', 3)
  const bar = await selected(page, '示例入单厂', 3)
  const pack = await api(page, '/pack')
  const list = pack.lists[0]
  await bar.getByRole('button', { name: '加入清单' }).click()
  const dialog = page.getByRole('dialog')
  await choose(page, dialog, '清单', list.zh)
  await dialog.getByLabel('年度', { exact: false }).first().fill('2026')
  await dialog.getByRole('button', { name: '保存', exact: true }).last().click()
  await dialog.waitFor({ state: 'detached' })
  const totals = `/projects/totals?${asked('示例入单厂')}&list=${list.key}:2026`
  const onList = () => api(page, totals).then((t) => t.rows)
  assert.equal(await onList(), 3)
  await page.getByRole('grid').focus()
  await page.keyboard.press('Control+Z')
  // Another write may come between: the feed alone does not say that this one is done.
  await until(async () => (await onList()) === 0)
})

test('a lead department is set for all, and pasted by its name', async () => {
  const page = await house.signedIn('clerk')
  await enter(page, '示例牵头厂', 2)
  const departments = (await api(page, '/orgs')).filter((o) => o.kind === 'department')
  const bar = await selected(page, '示例牵头厂', 2)
  await bar.getByRole('button', { name: '批量修改' }).click()
  const bulk = page.locator('.pj-bulkform')
  await choose(page, bulk, '要改的栏目', '牵头')
  await choose(page, bulk, '改为', departments[0].name)
  await page.getByRole('button', { name: /预览 2 个项目/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: /写入 2 个项目/ }).click()
  await dialog.waitFor({ state: 'detached' })
  const leads = () => api(page, `/projects?${asked('示例牵头厂')}&sort=name`).then((found) => found.items.map((r) => r.lead_org_name))
  assert.deepEqual(await leads(), [departments[0].name, departments[0].name])

  await page.locator('.pj-body .pj-c-lead_org').first().click()
  await page.getByRole('grid').evaluate((grid, text) => {
    const data = new DataTransfer()
    data.setData('text/plain', text)
    grid.focus()
    grid.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  }, `${departments[1].name}\n${departments[1].name}`)
  await dialog.getByRole('button', { name: /写入 2 个项目/ }).click()
  await dialog.waitFor({ state: 'detached' })
  assert.deepEqual(await leads(), [departments[1].name, departments[1].name])
})

test("a stage is decided on the project's page", async () => {
  const page = await house.signedIn('clerk')
  const { project } = await enterProject(page, '示例页面移段厂')
  const { seq } = await api(page, `/projects/${project.id}`)
  await api(page, `/projects/${project.id}/code`, { method: 'POST', body: { seq, code: '2601-339981-04-01-518276', state: 'valid', issued: null } })
  await page.goto(`/projects/${project.id}`)
  await page.getByRole('button', { name: '作阶段决定' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('依据').fill('示发改〔2026〕3号')
  await dialog.getByRole('button', { name: '转入储备' }).click()
  await dialog.waitFor({ state: 'detached' })
  const shown = await api(page, `/projects/${project.id}`)
  assert.equal(shown.row.stage, 'reserve')
  await page.getByText('示发改〔2026〕3号').first().waitFor()
})

test('two projects become one; what they were stays to be seen', async () => {
  const page = await house.signedIn('clerk')
  await enter(page, '示例合并厂', 2)
  const bar = await selected(page, '示例合并厂', 2)
  await bar.getByRole('button', { name: '合并' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('项目名称').fill('示例合并厂（合）')
  await dialog.getByLabel('依据').fill('示发改〔2026〕9号')
  await dialog.getByRole('button', { name: '保存', exact: true }).last().click()
  await dialog.waitFor({ state: 'detached' })
  await page.waitForFunction(() => [...document.querySelectorAll('.pj-body .pj-c-name')].some((c) => c.textContent.includes('（合）')))
  const totals = await api(page, `/projects/totals?${asked('示例合并厂')}`)
  assert.deepEqual([totals.counted, totals.investment], [1, 3_000_000], 'the sum counts once')
})

test('a view is saved for the office, seen by a colleague, and deleted', async () => {
  const page = await house.signedIn('clerk')
  await page.goto('/projects?stage=building')
  await page.getByRole('button', { name: '存为视图' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('视图名称').fill('示例在建')
  await dialog.getByRole('checkbox').check()
  await dialog.getByRole('button', { name: '保存' }).click()
  await dialog.waitFor({ state: 'hidden' })
  const colleague = await house.signedIn('director')
  await colleague.goto('/projects')
  await colleague.getByRole('button', { name: '示例在建' }).click()
  await colleague.waitForFunction(() => location.search.includes('stage=building'))
  await page.getByRole('button', { name: '示例在建 的操作' }).click()
  await page.getByRole('button', { name: '删除视图' }).click()
  await page.getByRole('button', { name: '示例在建', exact: true }).waitFor({ state: 'detached' })
  assert.deepEqual((await api(page, '/views')).filter((v) => v.name === '示例在建'), [])
})

test('columns are dragged into another order and to another width', async () => {
  const page = await house.signedIn('clerk')
  await page.goto('/projects')
  await page.locator('.pj-body .pj-c-name').first().waitFor()
  const heads = () => page.locator('.pj-titles .pj-title .pj-sort > span').allTextContents()
  const before = await heads()
  await page.getByRole('button', { name: /^列 / }).click()
  const rows = page.locator('.pj-chooser li')
  await rows.nth(1).dragTo(rows.nth(3))
  await page.waitForFunction((second) => document.querySelectorAll('.pj-titles .pj-title .pj-sort > span')[1].textContent !== second, before[1])
  assert.deepEqual(await heads(), [before[0], before[2], before[3], before[1], ...before.slice(4)])
  await page.keyboard.press('Escape')
  const head = page.locator('.pj-titles .pj-title').nth(1)
  const { width } = await head.boundingBox()
  const edge = await head.locator('.pj-edge').boundingBox()
  await page.mouse.move(edge.x + edge.width / 2, edge.y + 8)
  await page.mouse.down()
  await page.mouse.move(edge.x + edge.width / 2 + 60, edge.y + 8, { steps: 4 })
  await page.mouse.up()
  assert.ok(Math.abs((await head.boundingBox()).width - width - 60) <= 2)
  await page.reload()
  await page.locator('.pj-body .pj-c-name').first().waitFor()
  assert.deepEqual((await heads())[1], before[2], 'the order is kept')
})

test('in English nothing in the grid is cut without its whole text at hand', async () => {
  const page = await house.signedIn('clerk', { lang: 'en-GB' })
  for (const path of ['/projects', '/projects/board']) {
    await page.goto(path)
    await page.locator('.pj-body .pj-c-name, .pj-boardcard').first().waitFor()
    const cut = await page.evaluate(() => {
      const within = document.querySelector('.pj-page, .pj-board') ?? document.body
      const boxes = [...within.querySelectorAll('*')].filter((e) => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).textOverflow === 'ellipsis' && e.textContent.trim())
      const told = (e) => e.closest('[title]') ?? e.querySelector('[title]')
      return { untold: boxes.filter((e) => !told(e)).map((e) => `${e.className}: ${e.textContent}`), stages: boxes.filter((e) => e.matches('.pj-c-stage, .pj-c-status, .pj-title, .pj-sort')).map((e) => e.textContent) }
    })
    assert.deepEqual(cut, { untold: [], stages: [] }, path)
  }
})
