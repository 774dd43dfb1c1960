/** What a feature's two books of words owe each other; for their tests. */
export type Book = Record<string, Record<string, string>>

const flat = (book: Book) => Object.entries(book).flatMap(([space, words]) => Object.entries(words).map(([name, text]) => [`${space}.${name}`, text] as const))
const holes = (text: string) =>
  [...text.matchAll(/\{(\w+)/g)]
    .map(([, name]) => name)
    .filter((name, at, all) => all.indexOf(name) === at)
    .toSorted()
    .join(' ')

/** Keys that one language lacks, that are empty, that differ in their values, or that have Chinese in the English. */
export function differencesOf(zh: Book, en: Book): string[] {
  const [chinese, english] = [new Map(flat(zh)), new Map(flat(en))]
  const keys = [...new Set([...chinese.keys(), ...english.keys()])]
  return keys.filter((key) => {
    const [here, there] = [chinese.get(key)?.trim(), english.get(key)?.trim()]
    return !here || !there || holes(here) !== holes(there) || /\p{Script=Han}/u.test(there)
  })
}
