/** What the server says of files. */
import type { ProblemView } from '../../shared/api'

export interface Evidence { id: string; name: string; media: string; size: number; on: string; about_name: string | null; note: string | null; by: string | null; plan_file: string | null }
export interface Added { feed: number | null; added: Evidence[]; refused: ProblemView[] }
export interface PlanFile { id: string; name: string; format: string; read_on: string; data_date?: string; finish: string; activities: number }
export interface Said { code: string; said: string; count: number; places: string[] }
export interface Quality { code: string; point: number | null; name: string; said: string; passed: boolean | null; count: number }
export interface Miss { uid: number; name: string; field: string; file: string; ours: string }
interface Found { added?: unknown[]; deleted?: unknown[]; changed?: unknown[]; suspicions?: { code: string; message?: string; ask?: string; name?: string }[] }
export interface Reading {
  finish: string
  activities: number
  agreement: { compared: number; equal: number; misses: Miss[] }
  losses: Said[]
  quality: Quality[]
  difference: { against: string; days: number; found: Found } | null
}
export interface Received { feed: number | null; file: PlanFile | null; choose: { id: string; name: string; activities: number }[]; doubts: ProblemView[]; reading: Reading | null }
