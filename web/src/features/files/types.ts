/** What the server says of files. */
import type { ProblemView } from '../../shared/api'

export interface Evidence { id: string; name: string; media: string; size: number; on: string; about_name: string | null; note: string | null; by: string | null; plan_file: string | null }
export interface Added { feed: number | null; added: Evidence[]; refused: ProblemView[] }
export interface FileTie { uid: number; activity: string }
export interface PlanFile { id: string; name: string; format: string; read_on: string; data_date?: string; finish: string; activities: number; ties?: FileTie[] }
export interface Said { code: string; said: string; count: number; places: string[] }
export interface Quality { code: string; point: number | null; name: string; said: string; passed: boolean | null; count: number; names: string[] }
export interface Miss { uid: number; name: string; field: string; file: string; ours: string }
export type Topic = 'dates' | 'durations' | 'links' | 'progress' | 'float' | 'other'
export type ChangeKind = 'added' | 'deleted' | 'changed' | 'link_added' | 'link_deleted' | 'link_changed' | 'calendar' | 'setting'
export interface ChangedRow { kind: ChangeKind; code: string; name: string; summary: boolean; milestone: boolean; critical: boolean; days: number | null; fields: { topic: Topic; name: string; before: string; after: string }[] }
export interface Doubt { code: string; title: string; advice: string; count: number; cases: string[] }
export interface Difference { against: string; days: number; rows: ChangedRow[]; doubts: Doubt[] }
export interface Reading {
  finish: string
  activities: number
  agreement: { compared: number; equal: number; misses: Miss[] }
  losses: Said[]
  quality: Quality[]
  difference: Difference | null
}
export interface Received { feed: number | null; file: PlanFile | null; same: boolean; choose: { id: string; name: string; activities: number }[]; doubts: ProblemView[]; reading: Reading | null }
export interface FileRow { uid: number; code: string; name: string; path: string[]; summary: boolean; milestone: boolean; start: string; finish: string }
export interface FileRows { total: number; rows: FileRow[] }
export interface TieChoice { activity: string; activity_name: string; tied: number | null; likely: { uid: number; likeness: number }[] }
export interface Progress { started?: string; finished?: string; remaining?: number; percent?: number; seen?: string }
export interface BesideRow {
  uid: number
  row_name: string
  activity: string
  activity_name: string
  start: string
  finish: string
  done: boolean
  file_start: string
  file_finish: string
  days: number
  now: Progress
  told: Progress
  offer: ({ id: string } & { [K in keyof Progress]?: Progress[K] | null }) | null
  permit: boolean
}
export interface Beside { file: string; name: string; number: number; seen: string; seq: number; warn_from: number; rows: BesideRow[] }
