// Contractors' schedules of a project: dropped, compared, tied, taken, refused, given back.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, test } from 'node:test'
import { api, enterProject, startHouse, until } from './harness.mjs'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let house
before(async () => (house = await startHouse()))
after(() => house?.close())

const day = (iso, n) => new Date(Date.parse(`${iso}T00:00Z`) + n * 86_400_000).toISOString().slice(0, 10)
let count = 0

/** A site's schedule: the named works have run for thirty days. */
function schedule(project, works, today, left) {
  const hours = [[480, 720], [780, 1020]]
  const days = (n) => ({ min: n * 480 })
  return {
    project: { id: 'S1', name: `${project}施工总进度`, engine: 'P6', start: `${day(today, -60)}T08:00`, status_date: `${today}T08:00`, default_calendar: 1 },
    calendars: [{ uid: 1, name: '标准', week: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((d) => [d, hours])) }],
    activities: [
      { uid: 1, name: works, duration: days(30 + left), actual_start: `${day(today, -30)}T08:00`, actual_duration: days(30), remaining_duration: days(left), pct: 50, status: 'IN_PROGRESS' },
      { uid: 2, name: '示例收尾', duration: days(5) },
    ],
    links: [{ pred: 1, succ: 2, type: 'FS', lag: days(0) }],
  }
}

/** A factory with its plan, on its files. */
async function onFiles(options) {
  const page = await house.signedIn('clerk', options)
  const name = `示例进度厂${++count}`
  const { project } = await enterProject(page, name, { facts: { procedure: 'filing', nature: 'new', industry: '36' } })
  const { seq, today } = await api(page, `/projects/${project.id}/plan`)
  const start = day(today, -120)
  const { plan } = await api(page, `/projects/${project.id}/plan/apply`, { method: 'POST', body: { seq, mode: 'commit', pattern: 'MFG', start, facts: {}, without: [] } })
  const works = plan.activities.find((a) => a.clock === 'contractor' && a.formality.length === 0 && a.days > 10)
  await page.goto(`/projects/${project.id}?tab=files`)
  await page.locator('.fl-drop').waitFor()
  return { page, id: project.id, name, today, works }
}

const give = (page, file, name = '总进度.json') => page.locator('.fl-drop input[type=file]').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(file)) })
const versions = async (page, id) => (await api(page, `/projects/${id}`)).project.plan_files ?? []

test('a schedule dropped twice is one version, and a second one is told by what changed', async () => {
  const { page, id, name, today, works } = await onFiles()
  await give(page, schedule(name, works.name, today, 20))
  await page.locator('.fl-versions li').first().waitFor()
  await give(page, schedule(name, works.name, today, 20))
  await page.locator('.fl-same').waitFor()
  assert.equal((await versions(page, id)).length, 1)
  await give(page, schedule(name, works.name, today, 30))
  await page.getByText('第 2 版').first().waitFor()
  await page.getByRole('button', { name: '核对报告' }).first().click()
  const table = page.locator('.fl-changes')
  await table.waitFor()
  await page.getByRole('button', { name: /^工期 1$/ }).click()
  assert.equal(await table.locator('tbody tr').count(), 1)
  assert.match(await table.innerText(), /50 天[\s\S]*60 天/)
  assert.match(await page.locator('.fl-report').innerText(), /完工推迟 10 天/)
  assert.deepEqual(page.complaints, [])
})

test('rows are tied by keyboard and suggestion, and facts move the start only when they are taken', async () => {
  const { page, id, name, today, works } = await onFiles()
  await give(page, schedule(name, works.name, today, 20))
  await page.getByRole('button', { name: '挂接节点' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(works.name).first().waitFor()
  await dialog.getByRole('button', { name: '采用相近的建议' }).press('Enter')
  const save = dialog.getByRole('button', { name: /^保存 [1-9]/ })
  await save.press('Enter')
  const tied = page.getByRole('checkbox', { name: `采用${works.name}的实际` })
  await tied.waitFor()
  const step = async () => (await api(page, `/projects/${id}/plan`)).activities.find((a) => a.id === works.id)
  assert.equal((await step()).actual_start, null, 'nothing is taken silently')
  await tied.check()
  await page.getByRole('button', { name: '采用所选 1 项' }).click()
  await until(async () => (await step()).actual_start === day(today, -30))
  await page.goto(`/projects/${id}?tab=map`)
  await page.locator('.bm-mark-contractor').waitFor()
})

test('a schedule of another project is asked about, and kept when it is confirmed', async () => {
  const { page, id, works, today } = await onFiles()
  await give(page, schedule('某县高速公路改扩建', works.name, today, 20))
  const asked = page.locator('.fl-refused')
  await asked.waitFor()
  assert.match(await asked.innerText(), /与本项目[\s\S]*不像[\s\S]*核对/)
  assert.equal((await versions(page, id)).length, 0)
  await asked.getByRole('button', { name: '确认是本项目的，保存' }).click()
  await until(async () => (await versions(page, id)).length === 1)
})

test('a broken schedule lists all that is wrong, and a program is refused', async () => {
  const { page, id, name, today, works } = await onFiles()
  const ring = schedule(name, works.name, today, 20)
  ring.links.push({ pred: 2, succ: 1, type: 'FS', lag: { min: 0 } })
  ring.calendars.push({ uid: 2, name: '停工日历', week: {} })
  ring.activities.push({ uid: 3, name: '示例装修', duration: { min: 480 }, calendar: 2 })
  await give(page, ring)
  const refused = page.locator('.fl-refused')
  await refused.waitFor()
  const said = await refused.innerText()
  assert.match(said, /停工日历/)
  assert.match(said, /示例收尾/)
  await page.locator('.fl-drop input[type=file]').setInputFiles({ name: '计划.xer', mimeType: '', buffer: Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1') })
  await page.waitForFunction(() => document.querySelector('.fl-refused')?.textContent?.includes('程序'))
  assert.equal((await versions(page, id)).length, 0)
})

test('the plan goes out as a file and opens again with its dates', async () => {
  const { page, id } = await onFiles()
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'XER（P6）' }).click()])
  const file = readFileSync(await download.path())
  await page.locator('.fl-drop input[type=file]').setInputFiles({ name: '本项目.xer', mimeType: '', buffer: file })
  await until(async () => (await versions(page, id)).length === 1)
  const [version] = await versions(page, id)
  const { agreement } = await api(page, `/projects/${id}/plan-files/${version.id}/reading`)
  assert.ok(agreement.compared > 20)
  assert.equal(agreement.equal, agreement.compared)
  const { finish } = await api(page, `/projects/${id}/plan`)
  assert.equal(version.finish.slice(0, 10), finish)
})

test('the files of a project stand without a finding of axe, wide and narrow, light and dark', async () => {
  const { page, name, today, works, id } = await onFiles()
  await give(page, schedule(name, works.name, today, 20))
  await page.getByText('第 1 版').first().waitFor()
  const [version] = await versions(page, id)
  await api(page, `/projects/${id}/plan-files/${version.id}/ties`, { method: 'POST', body: { tie: [{ uid: 1, activity: works.id }], untie: [] } })
  await give(page, schedule(name, works.name, today, 30))
  await page.getByText('第 2 版').first().waitFor()
  await page.getByRole('button', { name: '核对报告' }).first().click()
  await page.locator('.fl-changes').waitFor()
  await page.evaluate(axeSource)
  for (const colorScheme of ['light', 'dark']) {
    for (const [width, height] of [[1440, 900], [390, 844]]) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.setViewportSize({ width, height })
      await page.waitForFunction((theme) => document.documentElement.dataset.theme === theme, colorScheme === 'dark' ? 'blueprint' : 'paper')
      const found = await page.evaluate(async () => (await window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] })).violations.map((v) => `${v.id}: ${v.nodes[0].target.join(' ')}`))
      assert.deepEqual(found, [], `${colorScheme} ${width}`)
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      assert.ok(wide <= 0, `${wide} px too wide at ${width}`)
      if (process.env.LANTU_SHOTS) await page.screenshot({ path: `${process.env.LANTU_SHOTS}/files-${width}-${colorScheme}.png`, fullPage: true })
    }
  }
})
