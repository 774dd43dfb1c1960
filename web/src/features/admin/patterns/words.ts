import { bindWords, type KeyOf } from '../../../shared/words'
import { en } from './en'
import { zh } from './zh'

export const useWords = bindWords(zh, en)
export type WordKey = KeyOf<typeof zh>
