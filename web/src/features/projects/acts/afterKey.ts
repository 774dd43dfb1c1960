/** What a menu opens, after the key that chose it: an Enter still on its way would close the form that it opened. */
const AFTER_KEY_MS = 60

export function afterKey(act: () => void): () => void {
  return () => void setTimeout(act, AFTER_KEY_MS)
}
