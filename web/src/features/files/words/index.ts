import { bindWords } from '../../../shared/words'
import { en } from './en'
import { zh } from './zh'

export const useWords = bindWords(zh, en)
