// The overview: watches from forecasts, figures that open exactly what they count, what is red and whose move it is.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { api, enterProject, startHouse, until } from './harness.mjs'

let house
before(async () => (house = await startHouse()))
after(() => house?.close())

const WATCHES = ['start', 'finish', 'ramp']

async function opened(options) {
  const page = await house.signedIn('clerk', options)
  await page.goto('/')
  await page.locator('.watch-hero').first().waitFor()
  return page
}

/** Rows of the list that an address of the page shows. */
async function rowsBehind(page, href) {
  const asked = new URLSearchParams(href.split('?')[1] ?? '')
  asked.delete('sort')
  return (await api(page, `/projects/totals?${asked}`)).rows
}

test('every figure of a watch opens a list of just so many', async () => {
  const page = await opened()
  const overview = await api(page, '/overview')
  for (const [at, key] of WATCHES.entries()) {
    const watch = overview.watches.find((w) => w.key === key)
    const column = page.locator('.watch').nth(at)
    const links = [
      [column.locator('.watch-head a'), watch.planned],
      [column.locator('.watch-hero > a'), watch.done],
      [column.locator('.watch-due a').nth(0), watch.done_of_due],
      [column.locator('.watch-due a').nth(1), watch.overdue],
    ]
    for (const [link, figure] of links) assert.equal(await rowsBehind(page, await link.getAttribute('href')), figure, `${key}: ${await link.innerText()}`)
  }
  await page.locator('.watch').nth(2).locator('.watch-head a').click()
  await page.getByRole('grid').or(page.getByRole('treegrid')).first().waitFor()
  const planned = overview.watches.find((w) => w.key === 'ramp').planned
  await page.getByText(`合计（${planned} 个`).waitFor()
})

test("the year's end stands on the axis as P10, P50 and P90, and in words for those who do not see it", async () => {
  const page = await opened()
  const { watches } = await api(page, '/overview')
  for (const [at, key] of WATCHES.entries()) {
    const { forecast } = watches.find((w) => w.key === key)
    const axis = page.locator('.watch').nth(at).getByRole('img')
    assert.ok(forecast && forecast.p10 <= forecast.p50 && forecast.p50 <= forecast.p90)
    assert.match(await axis.getAttribute('aria-label'), new RegExp(`P10 ${forecast.p10}、P50 ${forecast.p50}、P90 ${forecast.p90}`))
    assert.equal(await axis.locator('.axis-dot').count(), 1)
  }
})

test('what is red is counted, named with its numbers, and leads to the bar that holds it', async () => {
  const page = await opened()
  const { reds } = await api(page, '/overview')
  assert.ok(reds.red > 0 && reds.items.length > 0, 'the demo has red projects')
  assert.match(await page.locator('#reds-title').innerText(), new RegExp(`${reds.red} 个`))
  const all = page.locator('.reds > header a')
  assert.equal(await rowsBehind(page, await all.getAttribute('href')), reds.red + reds.amber)
  const first = reds.items.find((item) => item.blocking)
  const row = page.locator('.reds tbody tr').filter({ hasText: first.name })
  assert.match(await row.innerText(), new RegExp(`晚 ${first.days_late} 天`))
  await row.getByRole('link', { name: first.blocking.activity_name }).click()
  await page.waitForURL((url) => url.searchParams.get('tab') === 'map' && url.searchParams.get('node') === first.blocking.activity)
  await page.locator('.mp-headline').waitFor()
})

test('a fact in one browser turns a light in another within a second', async () => {
  const author = await house.signedIn('clerk')
  const { project } = await enterProject(author, '示例红灯试验厂', { facts: { procedure: 'filing', nature: 'new', industry: '36', start_planned: '2024-07' } })
  const reader = await opened()
  const { reds } = await api(reader, '/overview')
  const { seq } = await api(author, `/projects/${project.id}/plan`)
  await api(author, `/projects/${project.id}/plan/apply`, { method: 'POST', body: { seq, mode: 'commit', pattern: 'MFG', start: '2026-03-02', facts: {}, without: [] } })
  const written = Date.now()
  await until(async () => (await reader.locator('#reds-title').innerText()).includes(`${reds.red + 1} 个`))
  assert.ok(Date.now() - written < 2_000, `it took ${Date.now() - written} ms`)
})

test('the list has the lights: a tab, a column, a filter, and the same in the file', async () => {
  const page = await house.signedIn('clerk')
  await page.goto('/projects?light=red&sort=-days_late')
  await page.locator('.pj-c-light .light-red').first().waitFor()
  const { rows } = await api(page, '/projects/totals?light=red')
  await page.getByText(`合计（${rows} 个`).waitFor()
  const shown = await page.locator('.pj-c-days_late').allInnerTexts()
  const days = shown.map(Number).filter(Number.isFinite)
  assert.ok(days.length > 3 && days.every((d, i) => i === 0 || d <= days[i - 1]), `the latest first: ${days}`)
  const filter = page.getByRole('combobox', { name: '按灯筛选' })
  assert.equal(await filter.inputValue(), 'red')
  await filter.selectOption('green')
  await page.locator('.pj-c-light .light-green').first().waitFor()
  const csv = await page.evaluate(async () => (await fetch('/api/v1/projects/export.csv?light=red&columns=name,light,days_late,blocked_by')).text())
  const [head, line] = csv.split(/\r?\n/)
  assert.match(head, /项目名称,灯,预计误期/)
  assert.match(line, /红灯,\d+/)
})
