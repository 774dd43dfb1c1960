// Starts the demo and a browser for one test file, signs in, and closes everything again.
import { chromium } from 'playwright-core'
import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const program = process.env.LANTU_BIN ?? join(root, 'target', 'debug', 'lantu')
const browserPath = process.env.LANTU_CHROMIUM ?? '/usr/bin/chromium'
const START_MS = 180_000
/** How long the screen may take to show something; slow machines are slow, and nothing waits this long when all is well. */
export const PATIENCE_MS = 15_000

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}

/** Runs `lantu demo` on the database in `folder`; resolves when it answers. */
async function run(folder) {
  const port = await freePort()
  const child = spawn(program, ['demo', '--listen', `127.0.0.1:${port}`, '--database', `sqlite:${join(folder, 'demo.db')}`], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  const accounts = {}
  let said = ''
  let rest = ''
  const listen = (chunk) => {
    said += chunk
    const lines = (rest + chunk).split('\n')
    rest = lines.pop()
    for (const line of lines) {
      const found = /^\s*account\s+(\S+)\s+(\S+)\s+(\S+)/.exec(line)
      if (found) accounts[found[1]] ??= { role: found[1], name: found[2], password: found[3] }
    }
  }
  child.stdout.setEncoding('utf8').on('data', listen)
  child.stderr.setEncoding('utf8').on('data', listen)
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    const hard = setTimeout(() => child.kill('SIGKILL'), 5000)
    await gone
    clearTimeout(hard)
  }
  const url = `http://127.0.0.1:${port}`
  const deadline = Date.now() + START_MS
  for (;;) {
    if (child.exitCode !== null) throw new Error(`lantu demo ended with ${child.exitCode}:\n${said}`)
    const up = await fetch(`${url}/healthz`).then((r) => r.ok, () => false)
    if (up && accounts.clerk) return { url, accounts, stop }
    if (Date.now() > deadline) {
      await stop()
      throw new Error(`lantu demo did not answer, or printed no account of a clerk, in ${START_MS / 1000} s:\n${said}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

const SEEDED = 'lantu-e2e-county-'

/** A folder with a freshly made county, made once per build of the program and copied for every test file. */
async function seeded() {
  const { mtimeMs, size } = statSync(program)
  const folder = join(tmpdir(), `${SEEDED}${Math.round(mtimeMs)}-${size}`)
  if (existsSync(folder)) return folder
  for (const old of readdirSync(tmpdir())) if (old.startsWith(SEEDED)) rmSync(join(tmpdir(), old), { recursive: true, force: true })
  const making = mkdtempSync(join(tmpdir(), 'lantu-e2e-'))
  try {
    await (await run(making)).stop()
    renameSync(making, folder)
  } catch (problem) {
    rmSync(making, { recursive: true, force: true })
    // Another test file may have made it meanwhile.
    if (!existsSync(folder)) throw problem
  }
  return folder
}

/** The demo on a county of its own; `stop` ends it and removes what it wrote. */
export async function startServer() {
  if (!existsSync(program)) throw new Error(`${program} is missing: run \`cargo build -p lantu\` first, or set LANTU_BIN`)
  const from = await seeded()
  const folder = mkdtempSync(join(tmpdir(), 'lantu-e2e-'))
  const clean = () => rmSync(folder, { recursive: true, force: true })
  try {
    cpSync(from, folder, { recursive: true })
    const server = await run(folder)
    return { ...server, stop: () => server.stop().finally(clean) }
  } catch (problem) {
    clean()
    throw problem
  }
}

function launch() {
  return chromium.launch({
    executablePath: browserPath,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  })
}

/** One demo and one browser for a test file; `close` ends both, whatever the tests did. */
export async function startHouse() {
  const server = await startServer()
  let browser
  try {
    browser = await launch()
  } catch (problem) {
    await server.stop()
    throw problem
  }
  const visitors = new Set()
  const signedInAs = new Map()
  return {
    ...server,
    /** A browser session of its own, not signed in. */
    async visitor({ width = 1440, height = 900, lang = 'zh-CN', ...more } = {}) {
      const context = await browser.newContext({ baseURL: server.url, viewport: { width, height }, locale: lang, timezoneId: 'Asia/Shanghai', acceptDownloads: true, reducedMotion: 'reduce', ...more })
      context.setDefaultTimeout(PATIENCE_MS)
      const page = await context.newPage()
      visitors.add(context)
      const complaints = []
      page.on('pageerror', (error) => complaints.push(String(error)))
      page.complaints = complaints
      return page
    },
    /** A window signed in as `role`: through the sign-in screen the first time, with the same session afterwards. */
    async signedIn(role = 'clerk', options = {}) {
      const page = await this.visitor(options)
      const kept = signedInAs.get(role)
      if (kept) {
        await page.context().addCookies(kept)
        return page
      }
      await signIn(page, server.accounts[role])
      signedInAs.set(role, await page.context().cookies())
      return page
    },
    async close() {
      for (const context of visitors) await context.close().catch(() => {})
      await browser.close().catch(() => {})
      await server.stop()
    },
  }
}

/** Signs in through the screen and waits until the shell stands. */
export async function signIn(page, account) {
  if (!account) throw new Error('the demo printed no such account')
  await page.goto('/')
  await page.locator('input[autocomplete="username"]').fill(account.name)
  await page.locator('input[autocomplete="current-password"]').fill(account.password)
  await page.locator('button[type="submit"]').click()
  await page.getByRole('navigation').first().waitFor()
}

/** The API as this page's session sees it; throws with the server's words when it refuses. */
export async function api(page, path, { method = 'GET', body } = {}) {
  if (page.url() === 'about:blank') await page.goto('/logo-mark.svg')
  const answer = await page.evaluate(
    async ([path, method, body]) => {
      const response = await fetch(`/api/v1${path}`, { method, headers: body ? { 'content-type': 'application/json' } : {}, body: body && JSON.stringify(body) })
      return { status: response.status, text: await response.text() }
    },
    [path, method, body],
  )
  if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`)
  return answer.text ? JSON.parse(answer.text) : null
}

/** Asks until the answer is as wanted: a promise given to the page's own wait would count as true at once. */
export async function until(wanted) {
  const end = Date.now() + PATIENCE_MS
  while (!(await wanted())) {
    if (Date.now() > end) throw new Error(`not so after ${PATIENCE_MS} ms: ${wanted}`)
    await new Promise((done) => setTimeout(done, 50))
  }
}

/** Enters a project of the test's own; its names carry 示例, as all of the demo's do. */
export async function enterProject(page, name, { facts = {}, ...draft } = {}) {
  return api(page, '/projects', { method: 'POST', body: { draft: { name, facts, ...draft } } })
}
