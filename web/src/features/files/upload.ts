// Sends one file and tells how far it has got, which fetch cannot.
import { Refused, type ProblemView } from '../../shared/api'
import { langNow } from '../../shared/words'

/** `null` when it was stopped. */
export function sendFile<T>(path: string, file: File, onProgress: (percent: number) => void, signal: AbortSignal): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `/api/v1${path}`)
    request.setRequestHeader('accept-language', langNow() === 'zh' ? 'zh-CN' : 'en')
    request.upload.onprogress = (e) => {
      if (e.lengthComputable && e.total > 0) onProgress(Math.min(100, Math.floor((e.loaded / e.total) * 100)))
    }
    request.onload = () => {
      const body: unknown = parsed(request.responseText)
      if (request.status >= 200 && request.status < 300) resolve(body as T)
      else reject(new Refused(request.status, (body ?? {}) as { title?: string; problems?: ProblemView[] }))
    }
    request.onerror = () => reject(new Refused(0, {}))
    request.onabort = () => resolve(null)
    signal.addEventListener('abort', () => request.abort(), { once: true })
    const form = new FormData()
    form.append('file', file, file.name)
    request.send(form)
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Whether a name is a schedule's: these are read, others only kept. */
export const isSchedule = (name: string): boolean => /\.(xer|xml|json|mpp)$/i.test(name)

/** 1.2 MB, 340 KB. */
export function sizeSaid(bytes: number): string {
  if (bytes >= 1 << 20) return `${(bytes / (1 << 20)).toFixed(1)} MB`
  return bytes >= 1024 ? `${Math.round(bytes / 1024)} KB` : `${bytes} B`
}
