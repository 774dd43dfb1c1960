import { bindWords, type KeyOf, type T as Of } from '../../../shared/words'
import { en } from './en'
import { zh } from './zh'

export const useWords = bindWords(zh, en)
export type T = Of<typeof zh>
export type Key = KeyOf<typeof zh>
