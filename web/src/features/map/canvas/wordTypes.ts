import type { KeyOf as KeyIn, T as Of } from '../../../shared/words'
import type { zh } from './words'

export type KeyOf = KeyIn<typeof zh>
export type T = Of<typeof zh>
