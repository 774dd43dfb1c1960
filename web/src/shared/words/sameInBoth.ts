/** What a feature's two books of words owe each other; for their tests. */
export type Book = Record<string, Record<string, string>>

const flat = (book: Book) => Object.entries(book).flatMap(([space, words]) => Object.entries(words).map(([name, text]) => [`${space}.${name}`, text] as const))
const holes = (text: string) => [...new Set([...text.matchAll(/\{(\w+)/g)].map(([, name]) => name))].toSorted().join(' ')

/** Keys that one language lacks or has in another place, that are empty, that differ in their values, or that have Chinese in the English. */
export function differencesOf(zh: Book, en: Book): string[] {
  const [chinese, english] = [flat(zh), flat(en)]
  const longer = chinese.length < english.length ? english : chinese
  const differs = (at: number) => {
    const [[key, here], [other, there]] = [chinese[at] ?? ['', ''], english[at] ?? ['', '']]
    return key !== other || !here.trim() || !there.trim() || holes(here) !== holes(there) || /\p{Script=Han}/u.test(there)
  }
  return longer.filter((_, at) => differs(at)).map(([key]) => key)
}
