// Sends a file and tells how far it has got; fetch cannot, so this is the one XMLHttpRequest.
import type { ImportState } from './types'

export type Refusal = { code: string; title: string; remedy: string }

export class UploadStopped extends Error {}

/** What the server answered when it refused: the status and the problem document, if it sent one. */
export class UploadRefused extends Error {
  constructor(
    readonly status: number,
    readonly problem: unknown,
  ) {
    super(`upload refused: ${status}`)
  }
}

export function upload(file: File, onProgress: (percent: number) => void, signal: AbortSignal, language: string): Promise<ImportState> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', '/api/v1/imports')
    request.setRequestHeader('accept-language', language === 'zh' ? 'zh-CN' : 'en')
    request.responseType = 'text'
    request.upload.onprogress = (event) => {
      if (event.lengthComputable && event.total > 0) onProgress(Math.min(100, Math.floor((event.loaded / event.total) * 100)))
    }
    request.upload.onload = () => onProgress(100)
    request.onload = () => {
      const body = parsed(request.responseText)
      if (request.status >= 200 && request.status < 300) resolve(body as ImportState)
      else reject(new UploadRefused(request.status, body))
    }
    request.onerror = () => reject(new UploadRefused(0, null))
    request.onabort = () => reject(new UploadStopped())
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
