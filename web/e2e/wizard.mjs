// The wizard's moves, as scene 1 makes them.
import assert from 'node:assert/strict'

/** Gives `bytes` to the wizard as a dropped file and waits until it is read or refused. */
export async function give(page, name, bytes) {
  await page.goto('/imports')
  await page.locator('.imp-drop').waitFor()
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer: bytes })
  await page.locator('.imp-columns, .imp-identity, .imp-refused').first().waitFor()
}

/** Goes to the preview, from wherever the wizard stands, and waits for the sheet. */
export async function toPreview(page) {
  const forward = page.getByTestId('to-preview')
  if (await forward.count()) await forward.click()
  await page.getByTestId('identity').waitFor()
  await page.locator('.imp-body .imp-line').first().waitFor()
}

/** The identity as numbers. */
export async function counts(page) {
  const found = {}
  for (const key of ['rows', 'adds', 'changes', 'unchanged', 'blocked']) {
    found[key] = Number((await page.locator(`[data-count="${key}"]`).textContent()).replaceAll(',', ''))
  }
  assert.equal(found.rows, found.adds + found.changes + found.unchanged + found.blocked, 'the counts are an identity')
  return found
}

/** Findings listed beside the sheet: `{cell, code, blocks, note}`. */
export async function findings(page) {
  return page.locator('.imp-problem').evaluateAll((all) =>
    all.map((one) => ({ cell: one.dataset.at, code: one.dataset.code, blocks: Boolean(one.querySelector('.imp-sev-block')), note: Boolean(one.querySelector('.imp-sev-info')) })),
  )
}

/** Commits and waits for the result. */
export async function commit(page) {
  await page.getByTestId('commit').click()
  await page.locator('.imp-result h2').waitFor()
}
