/** What travels, by the names this app uses. The shapes are generated from the server's own description. */
import type { components } from './schema'

/** The server writes `null` where it has nothing and leaves nothing out: what the description calls optional is there. */
type Given<T> = T extends readonly (infer U)[] ? Given<U>[] : T extends object ? { [K in keyof T]-?: Given<Exclude<T[K], undefined>> } : T
type Schemas = { [K in keyof components['schemas']]: Given<components['schemas'][K]> }

/** Whole 分. */
export type Money = number
/** `YYYY-MM-DD` */
export type Day = string

export type ProblemView = Schemas['ProblemView']
export type Stale = Schemas['Stale']
export type Trouble = Omit<Schemas['Trouble'], 'stale'> & { stale?: Stale | null }

export const ROLES = ['clerk', 'director', 'town', 'department', 'enterprise', 'system_admin', 'security_admin', 'audit_admin'] as const satisfies readonly Schemas['UserRole'][]
export type RoleKey = Schemas['UserRole']
export const RIGHTS = ['read_projects', 'edit_projects', 'decide', 'import', 'export', 'share_views', 'manage_orgs', 'manage_users', 'manage_packs', 'audit'] as const satisfies readonly Schemas['Right'][]
export type Right = Schemas['Right']

export type Me = Schemas['Me']
export type Setup = Schemas['SetupView']
export type DemoAccount = Schemas['DemoAccount']
export type Pack = Schemas['PackView']
export type Word = Schemas['WordView']

export type WorkPage = Schemas['WorkPage']
export type WorkAnswer = Schemas['WorkAnswer']
export type WorkWaiting = Schemas['WorkWaiting']

export type Count = Schemas['Count']
export type DivisionCount = Schemas['DivisionCount']
export type WatchItem = Schemas['WatchItem']
export type WatchKey = 'start' | 'finish' | 'ramp'
export type Watch = Omit<Schemas['WatchView'], 'key'> & { key: WatchKey }
export type Overview = Omit<Schemas['Overview'], 'watches'> & { watches: Watch[] }

export type User = Schemas['UserView']
export type Org = Schemas['OrgView']
export type PackLine = Schemas['PackLine']
export type Verified = Schemas['VerifyView']

export type Patterns = Schemas['PatternsView']
export type PatternLine = Schemas['PatternLine']
export type PatternShared = Schemas['Shared']
/** One test of a fact, or several joined: what it does not say is not there. */
export interface WhenDraft {
  fact?: string | null
  is?: boolean | null
  at_least?: number | null
  below?: number | null
  any?: WhenDraft[] | null
  all?: WhenDraft[] | null
}
export type ActivityDraft = Omit<Schemas['ActivityDraft'], 'when'> & { when: WhenDraft | null }
export type PatternDraft = Omit<Schemas['PatternDraft'], 'activities'> & { activities: ActivityDraft[] }
export type PatternSheet = Omit<Schemas['PatternView'], 'draft'> & { draft: PatternDraft }
export type PatternCheck = Omit<Schemas['PatternCheck'], 'draft'> & { draft: PatternDraft | null }
export type PatternFinding = Schemas['Finding']
export type PatternDates = Schemas['PatternDatesView']
export type PutPattern = Schemas['PutPattern']
