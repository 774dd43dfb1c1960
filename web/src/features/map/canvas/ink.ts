/** Colours and fonts of the theme, read from its tokens: none is written here. */
const INKS = [
  'sheet', 'ground', 'sunk', 'ink', 'ink-2', 'ink-3', 'line', 'line-2', 'grid', 'blue', 'blue-2', 'blue-wash', 'red', 'red-wash', 'amber', 'amber-wash', 'green',
  'grey-light', 'bar-plan', 'bar-done', 'bar-left', 'bar-base', 'bar-drive', 'focus', 'font', 'font-num',
] as const

export type Ink = Readonly<Record<(typeof INKS)[number], string>>

export function inkOf(element: Element): Ink {
  const style = getComputedStyle(element)
  return Object.fromEntries(INKS.map((name) => [name, style.getPropertyValue(`--${name}`).trim()])) as Ink
}

/** Paper is printed on, whatever the screen shows. */
export function paperInk(): Ink {
  const probe = document.createElement('div')
  probe.dataset.theme = 'paper'
  document.body.append(probe)
  const ink = inkOf(probe)
  probe.remove()
  return ink
}
