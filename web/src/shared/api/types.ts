/** What travels. */
export type Money = number
export type Day = string

export interface ProblemView {
  severity: 'block' | 'warn' | 'info'
  code: string
  place: string | null
  title: string
  remedy: string
  values: Record<string, string>
}

export interface Stale {
  by: string
  at: string
  fields: string[]
}

export interface Trouble {
  type: string
  title: string
  status: number
  detail: string
  code: string
  problems: ProblemView[]
  stale?: Stale | null
  request_id: string
}

export const ROLES = ['clerk', 'director', 'town', 'department', 'enterprise', 'system_admin', 'security_admin', 'audit_admin'] as const
export type RoleKey = (typeof ROLES)[number]
export const RIGHTS = ['read_projects', 'edit_projects', 'decide', 'import', 'export', 'share_views', 'manage_orgs', 'manage_users', 'manage_packs', 'audit'] as const
export type Right = (typeof RIGHTS)[number]

export interface Me {
  id: string
  name: string
  display: string
  role: RoleKey
  office: { id: string; name: string; demo: boolean }
  scope: { whole: boolean; divisions: string[]; orgs: string[] }
  can: Right[]
  last_visit_feed: number
  feed: number
  today: Day
}

export interface DemoAccount {
  role: RoleKey
  name: string
  password: string
}

export interface Setup {
  needed: boolean
  packs: { name: string; zh: string; en: string; places: Word[] }[]
  /** Only where the office is the demo. */
  demo_accounts?: DemoAccount[] | null
  /** The one office's name, shown at the door. */
  office?: string | null
}

export interface Word {
  key: string
  zh: string
  en: string
}

export interface Pack {
  name: string
  title: Word
  version: string
  hash: string
  place: Word
  currency: string
  default_unit: string
  units: (Word & { fen: number })[]
  stages: Word[]
  statuses: Word[]
  natures: Word[]
  procedures: Word[]
  holdings: Word[]
  levels: Word[]
  roles: Word[]
  lists: (Word & { higher: boolean })[]
  formalities: (Word & { short_zh: string; short_en: string; dept: string | null })[]
  divisions: { code: string; zh: string; en: string; parent: string | null; kind: string }[]
  platforms: Word[]
  industries: { code: string; zh: string; en: string }[]
  fields: Word[]
  targets: Record<string, number>
  calendar_published_through: Day | null
}

export interface Count {
  key: string | null
  rows: number
  counted: number
  investment: Money
}

export interface DivisionCount extends Count {
  by_stage: Record<string, number>
}

export interface WatchItem {
  id: string
  name: string
  division: string | null
  due: Day
  /** Days late; negative: days left. */
  days: number
  lead_org: string | null
  lead_org_name: string | null
}

export type WatchKey = 'start' | 'finish' | 'ramp'

export interface Watch {
  key: WatchKey
  target: number | null
  done: number
  due_by_now: number
  done_of_due: number
  overdue: number
  early: number
  planned: number
  this_month: number
  by_month: { month: number; planned: number; done: number }[]
  overdue_items: WatchItem[]
  this_month_items: WatchItem[]
}

export interface Overview {
  today: Day
  as_of: Day | null
  year: number
  feed: number
  total: Count
  by_stage: Count[]
  by_status: Count[]
  by_division: DivisionCount[]
  by_industry: Count[]
  by_nature: Count[]
  by_holding: Count[]
  watches: Watch[]
  not_in_statistics: number
  suggested_differs: number
  invest: { annual_plan: Money; ytd: Money }
  changed_since_visit: number
}

export interface User {
  id: string
  seq: number
  name: string
  display: string
  role: RoleKey
  divisions: string[] | null
  orgs: string[] | null
  active: boolean
  rights: Right[]
}

export interface Org {
  seq: number
  id: string
  name: string
  aliases: string[]
  kind: string
  division: string | null
  active: boolean
}

export interface PackLine {
  name: string
  title_zh: string
  title_en: string
  version: string
  hash: string
  in_force: boolean
  /** A newer or older copy of the pack in force. */
  differs: boolean
}

export interface Verified {
  findings: { stream: string; seq: number | null; code: string; detail: string }[]
  checkpoint: string | null
}
