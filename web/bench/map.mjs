// Measures the battle map on 10,000 made-up rows in a headless browser: first paint from data in hand, and frames while scrolling.
//   node bench/map.mjs [rows]
import { createServer } from 'node:http'
import { readFileSync } from 'node:fs'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { build } from 'vite'

const here = dirname(fileURLToPath(import.meta.url))
const rows = Number(process.argv[2] ?? 10_000)
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2' }

/** The page built as it would be shipped, in a folder of its own. */
export async function built(input = join(here, 'map.html')) {
  const outDir = mkdtempSync(join(tmpdir(), 'lantu-map-'))
  await build({ root: here, configFile: join(here, '..', 'vite.config.ts'), logLevel: 'error', base: './', build: { outDir, emptyOutDir: true, rolldownOptions: { input } } })
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://x').pathname
    try {
      const body = readFileSync(join(outDir, path))
      response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' }).end(body)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${server.address().port}`, stop: () => (server.close(), rmSync(outDir, { recursive: true, force: true })) }
}

export const launch = () => chromium.launch({ executablePath: process.env.LANTU_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })

const at = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]

/** Milliseconds from the data in hand to the first frame that shows the map. */
async function firstPaint(page) {
  return page.evaluate(async () => {
    while (!document.querySelector('.bm-canvas') || document.querySelector('.bm-canvas').width < 400) await new Promise((r) => requestAnimationFrame(r))
    await new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)))
    return performance.now() - performance.getEntriesByName('data')[0].startTime
  })
}

/** Milliseconds of the main thread's own time a frame: what is left to say on a busy machine. */
async function work(page, axis) {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
  const taken = async () => (await cdp.send('Performance.getMetrics')).metrics.find((m) => m.name === 'TaskDuration').value * 1000
  const before = await taken()
  const found = await frames(page, axis)
  const after = await taken()
  await cdp.detach()
  return { found, own: (after - before) / found.length }
}

/** Time between frames while the page scrolls down, and across. */
async function frames(page, axis) {
  return page.evaluate(async (axis) => {
    const scroller = document.querySelector('.bm-scroll')
    const found = []
    let last = await new Promise((r) => requestAnimationFrame(r))
    for (let i = 0; i < 240; i++) {
      if (axis === 'down') scroller.scrollTop += 137
      else scroller.scrollLeft = (i * 41) % Math.max(1, scroller.scrollWidth - scroller.clientWidth)
      const now = await new Promise((r) => requestAnimationFrame(r))
      found.push(now - last)
      last = now
    }
    return found.sort((a, b) => a - b)
  }, axis)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const site = await built()
  const browser = await launch()
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 940 } })
    const paints = []
    for (let i = 0; i < 5; i++) {
      await page.goto(`${site.url}/map.html?bare&rows=${rows}`)
      paints.push(await firstPaint(page))
    }
    paints.sort((a, b) => a - b)
    console.log(`rows ${rows}: first paint median ${at(paints, 0.5).toFixed(0)} ms, worst ${at(paints, 1).toFixed(0)} ms`)
    for (const axis of ['down', 'across']) {
      const { found: f, own } = await work(page, axis)
      console.log(`scroll ${axis}: p50 ${at(f, 0.5).toFixed(1)} ms, p95 ${at(f, 0.95).toFixed(1)} ms, worst ${at(f, 1).toFixed(1)} ms; own time ${own.toFixed(1)} ms a frame`)
    }
    await page.goto(`${site.url}/map.html?bare&all&rows=${rows}`)
    console.log(`all projects, rows ${rows}: first paint ${(await firstPaint(page)).toFixed(0)} ms`)
    const { found: f, own } = await work(page, 'down')
    console.log(`scroll down: p50 ${at(f, 0.5).toFixed(1)} ms, p95 ${at(f, 0.95).toFixed(1)} ms, worst ${at(f, 1).toFixed(1)} ms; own time ${own.toFixed(1)} ms a frame`)
    console.log(`DOM nodes ${await page.evaluate(() => document.querySelectorAll('*').length)}`)
  } finally {
    await browser.close()
    site.stop()
  }
}
