// Every page, in both themes, wide and narrow, without a finding of axe; at 200 % no page scrolls sideways.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, test } from 'node:test'
import { api, startHouse } from './harness.mjs'
import { csv } from './sheet.mjs'
import { give, toPreview } from './wizard.mjs'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

let house
before(async () => (house = await startHouse()))
after(() => house?.close())

/** Until nothing is being fetched or loading. */
async function rest(page) {
  await page.locator('h1').first().waitFor()
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"], .ant-skeleton-active, .ant-spin-spinning'))
  await page.evaluate(() => document.fonts.ready)
}

async function examine(page, where) {
  await page.evaluate(axeSource)
  const found = []
  for (const theme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    await page.waitForFunction((name) => document.documentElement.dataset.theme === name, theme === 'dark' ? 'blueprint' : 'paper')
    for (const [width, height] of [
      [1440, 900],
      [390, 844],
    ]) {
      await page.setViewportSize({ width, height })
      await rest(page)
      const violations = await page.evaluate(async (tags) => {
        const { violations } = await window.axe.run(document, { runOnly: tags, resultTypes: ['violations'] })
        return violations.map((v) => `${v.id} ×${v.nodes.length}: ${v.nodes[0].target.join(' ')} — ${v.nodes[0].failureSummary?.split('\n')[1]?.trim() ?? v.help}`)
      }, RULES)
      found.push(...violations.map((v) => `${where} ${theme} ${width}: ${v}`))
    }
  }
  return found
}

/** 200 % of 1440 × 900, and a phone: content is reached by scrolling down alone. */
async function sideways(page, where) {
  const found = []
  for (const [width, height] of [
    [720, 450],
    [390, 844],
  ]) {
    await page.setViewportSize({ width, height })
    await rest(page)
    const over = await page.evaluate(() =>
      [document.scrollingElement, document.querySelector('main')].filter(Boolean).map((box) => box.scrollWidth - box.clientWidth),
    )
    if (over.some((px) => px > 1)) found.push(`${where} at ${width} px: ${Math.max(...over)} px too wide`)
  }
  return found
}

const check = async (page, where) => {
  await rest(page)
  assert.deepEqual([...(await examine(page, where)), ...(await sideways(page, where))], [])
}

test('the door', async () => {
  const page = await house.visitor()
  await page.goto('/sign-in')
  await check(page, 'sign-in')
})

test('overview', async () => {
  const page = await house.signedIn('clerk')
  await page.goto('/')
  await check(page, 'overview')
})

test('the grid of projects', async () => {
  const page = await house.signedIn('clerk')
  await page.goto('/projects')
  await page.locator('.pj-body .pj-c-name').first().waitFor()
  await check(page, 'projects')
})

test('the board', async () => {
  const page = await house.signedIn('clerk')
  await page.goto('/projects/board')
  await page.locator('.pj-boardcard').first().waitFor()
  await check(page, 'board')
})

test('my work: the queue, and the sheet for what is chosen', async () => {
  const page = await house.signedIn('department')
  await page.goto('/work')
  await page.locator('.work-table').waitFor()
  await check(page, 'queue')
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.locator('input[data-line]').first().check()
  await page.locator('.work-bar button').first().click()
  await page.locator('.work-lines li').first().waitFor()
  assert.deepEqual(await examine(page, 'queue with its sheet'), [])
})

test('the permit matrix', async () => {
  const page = await house.signedIn('clerk')
  await page.goto('/projects/matrix')
  await page.locator('.mx-grid .pj-body .mx-cell').first().waitFor()
  await check(page, 'matrix')
})

test('the sheet to print', async () => {
  const page = await house.signedIn('clerk')
  const found = await api(page, '/projects?stage=building&sort=-investment&limit=1')
  await page.goto(`/projects/${found.items[0].id}/print`)
  await page.locator('svg').first().waitFor()
  await check(page, 'print')
})

test('the map of all projects', async () => {
  const page = await house.signedIn('clerk')
  await page.goto('/projects/map')
  await page.getByRole('treegrid').locator('.bm-row').first().waitFor()
  await check(page, 'map of all')
})

test('the patterns: their list, and one in the editor', async () => {
  const page = await house.signedIn('system_admin')
  await page.goto('/admin?tab=patterns')
  await page.getByRole('button', { name: '打开 标准地新建工厂', exact: true }).waitFor()
  await check(page, 'patterns')
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole('button', { name: '打开 标准地新建工厂', exact: true }).click()
  await page.locator('.pat-status .light').waitFor()
  await check(page, 'pattern')
})

test('a project', async () => {
  const page = await house.signedIn('clerk')
  const found = await api(page, '/projects?stage=building&sort=-investment&limit=1')
  await page.goto(`/projects/${found.items[0].id}`)
  await check(page, 'project')
})

test('a battle map: before there is a plan, with one, and a step’s sheet', async () => {
  const page = await house.signedIn('clerk')
  const { project } = await api(page, '/projects', { method: 'POST', body: { draft: { name: '示例检视作战厂', facts: { procedure: 'filing', nature: 'new', industry: '36' } } } })
  await page.goto(`/projects/${project.id}?tab=map`)
  await page.getByRole('button', { name: '从工期模板生成计划' }).waitFor()
  await check(page, 'no plan')
  const { seq, today } = await api(page, `/projects/${project.id}/plan`)
  await api(page, `/projects/${project.id}/plan/apply`, { method: 'POST', body: { seq, mode: 'commit', pattern: 'MFG', start: today, facts: {}, without: [] } })
  await page.locator('.mp-headline').waitFor()
  await check(page, 'battle map')
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(`/projects/${project.id}?tab=map&node=A06`)
  await page.getByRole('dialog').waitFor()
  await check(page, 'step')
})

test('the import wizard', async () => {
  const page = await house.signedIn('clerk')
  const rows = [
    ['示例市项目清单'],
    ['项目名称', '建设地点', '总投资（万元）', '计划开工'],
    ['示例检视厂', '青石镇', 3200, '2026.3'],
    ['示例检视站', '东胡镇', '1-8月', '6月'],
  ]
  await page.goto('/imports')
  await page.locator('.imp-drop').waitFor()
  await check(page, 'imports')
  await page.setViewportSize({ width: 1440, height: 900 })
  await give(page, '检视.csv', Buffer.from(csv(rows)))
  await check(page, 'import headings')
  await page.setViewportSize({ width: 1440, height: 900 })
  await toPreview(page)
  await check(page, 'import preview')
})

for (const role of ['system_admin', 'security_admin', 'audit_admin']) {
  test(`administration as ${role}`, async () => {
    const page = await house.signedIn(role)
    await page.goto('/admin')
    await check(page, `admin ${role}`)
  })
}
