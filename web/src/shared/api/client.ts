/** The wire: JSON both ways, problems as errors with their parts, a key on every write so that a retry does it once. */
import { langNow } from '../words'
import type { ProblemView, Stale, Trouble } from './types'

export interface Sent<T> {
  body: T
  /** The transaction's number: what undo takes back. */
  feed: number
}

/** The server said no, or could not be reached (`status` 0). */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly problem: Partial<Trouble>,
  ) {
    super(problem.title ?? `HTTP ${status}`)
  }
  get code(): string {
    return this.problem.code ?? ''
  }
  get problems(): ProblemView[] {
    return this.problem.problems ?? []
  }
  get stale(): Stale | undefined {
    return this.problem.stale ?? undefined
  }
}

export type Ask = Record<string, string | number | boolean | null | undefined>

const signedOut = new Set<() => void>()

/** Calls back when an answer says that nobody is signed in any more. */
export function onSignedOut(listener: () => void): () => void {
  signedOut.add(listener)
  return () => signedOut.delete(listener)
}

export function queryOf(ask: Ask = {}): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(ask)) if (value !== null && value !== undefined && value !== '') params.set(key, String(value))
  const text = params.toString()
  return text && `?${text}`
}

async function call<T>(path: string, init: RequestInit): Promise<Sent<T>> {
  const headers = new Headers(init.headers)
  headers.set('accept-language', langNow() === 'zh' ? 'zh-CN' : 'en')
  const response = await fetch(`/api/v1${path}`, { credentials: 'same-origin', ...init, headers }).catch((error: unknown) => {
    if (init.signal?.aborted) throw error
    throw new Refused(0, { code: 'offline' })
  })
  const text = await response.text()
  const body = parse(text)
  if (!response.ok) {
    const refused = new Refused(response.status, (body ?? {}) as Partial<Trouble>)
    if (response.status === 401 && path !== '/session') signedOut.forEach((l) => l())
    throw refused
  }
  return { body: body as T, feed: Number(response.headers.get('lantu-feed') ?? 0) }
}

function parse(text: string): unknown {
  if (!text) return null
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export const get = async <T>(path: string, ask?: Ask, signal?: AbortSignal): Promise<T> => (await call<T>(path + queryOf(ask), signal ? { signal } : {})).body

/** `key` is given where the same wish may be sent again by another click; each call has one of its own otherwise. */
export const send = <T>(method: 'POST' | 'PATCH' | 'PUT' | 'DELETE', path: string, body?: unknown, key: string = freshKey()): Promise<Sent<T>> =>
  call<T>(path, {
    method,
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })

/** Random without `crypto.randomUUID`, which browsers keep from plain-HTTP addresses of an office network. */
export function freshKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join('')
}
