/** What the queue asks the server. */
import { get, keys, send, type WorkAnswer, type WorkPage } from '../../shared/api'
import { queryOf } from '../../shared/api'

export type WorkItem = WorkPage['items'][number]
export type WorkGroup = WorkItem['group']
export type Effect = WorkAnswer['effects'][number]
export type Line = WorkAnswer['lines'][number]

/** The filters, as the address holds them. */
export interface Asked {
  desk: string | null
  group: string | null
  light: string | null
  kind: string | null
  division: string | null
  q: string | null
  soon: string | null
  sort: string | null
}

export const PAGE = 300
export const workKey = (asked: Asked) => [...keys.work, 'page', asked] as const
export const readPage = (asked: Asked, offset: number, signal: AbortSignal) => get<WorkPage>('/work', { ...asked, offset, limit: PAGE }, signal)
export const exportPath = (asked: Asked) => `/api/v1/work/export.xlsx${queryOf({ ...asked })}`

export interface Edit {
  project: string
  seq: number
  said: { fact: Record<string, unknown> } | { progress: Record<string, unknown> }
}

export const record = (mode: 'preview' | 'commit', edits: Edit[], key?: string) => send<WorkAnswer>('POST', '/work', { mode, edits }, key)
export const undo = (feed: number) => send<{ feed: number; undone: number }>('POST', `/transactions/${feed}/undo`, {})
