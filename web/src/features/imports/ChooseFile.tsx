// Step 1: a file is dropped, chosen or pasted; or an unfinished import is taken up again.
import { useCallback, useEffect, useRef, useState, type DragEvent } from 'react'
import { useNavigate } from 'react-router'
import { Button } from 'antd'
import { upload, UploadStopped, type Refusal } from './upload'
import { refusalOf, useRememberImport } from './api'
import { Drafts } from './Drafts'
import { useOffice } from './office'
import { pastedFile } from './pasted'
import { Steps } from './Steps'

type Phase = { at: 'rest' } | { at: 'sending'; name: string; percent: number } | { at: 'refused'; name: string; refused: Refusal }

const ACCEPT = '.xlsx,.xls,.xlsm,.csv,.txt,text/csv,application/vnd.ms-excel,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export function ChooseFile() {
  const { words: w, today, lang } = useOffice()
  const navigate = useNavigate()
  const remember = useRememberImport()
  const [phase, setPhase] = useState<Phase>({ at: 'rest' })
  const [over, setOver] = useState(false)
  const picker = useRef<HTMLInputElement>(null)
  const stop = useRef<AbortController | null>(null)

  const send = useCallback(
    async (file: File) => {
      stop.current?.abort()
      const control = new AbortController()
      stop.current = control
      setPhase({ at: 'sending', name: file.name, percent: 0 })
      try {
        const state = await upload(file, (percent) => setPhase({ at: 'sending', name: file.name, percent }), control.signal, lang)
        remember(state)
        navigate(`/imports/${state.id}?step=${state.mapping_from === 'remembered' ? 'preview' : 'headings'}`)
      } catch (error) {
        if (stop.current !== control) return
        const refused = error instanceof UploadStopped ? { title: w.stopped, remedy: w.stoppedRemedy, code: 'stopped' } : refusalOf(error, w)
        setPhase({ at: 'refused', name: file.name, refused })
      }
    },
    [navigate, remember, w, lang],
  )
  useEffect(() => () => stop.current?.abort(), [])

  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      if (event.target instanceof HTMLElement && event.target.closest('input:not([type=file]), textarea, [contenteditable]')) return
      const file = event.clipboardData?.files[0] ?? pastedFile(event.clipboardData?.getData('text/plain') ?? '', w.pasteName(today))
      if (!file) return
      event.preventDefault()
      void send(file)
    }
    window.addEventListener('paste', onPaste)
    return () => window.removeEventListener('paste', onPaste)
  }, [send, today, w])

  const drag = (event: DragEvent) => {
    event.preventDefault()
    setOver(event.type === 'dragover' || event.type === 'dragenter')
    const file = event.type === 'drop' ? event.dataTransfer.files[0] : undefined
    if (file) void send(file)
  }

  return (
    <div className="imp" onDragOver={drag} onDragEnter={drag} onDragLeave={drag} onDrop={drag}>
      <Steps at="file" />
      <div className="imp-file">
        <input ref={picker} type="file" accept={ACCEPT} hidden aria-hidden="true" tabIndex={-1} onChange={(e) => { const file = e.target.files?.[0]; e.target.value = ''; if (file) void send(file) }} />
        {phase.at === 'refused' ? (
          <div className="imp-refused" role="alert" data-code={phase.refused.code}>
            <small>{w.refusedKicker}</small>
            <h2>{phase.refused.title}</h2>
            <p>{phase.name}</p>
            {phase.refused.remedy && <p>{phase.refused.remedy}</p>}
            <p>{w.refusedSafe}</p>
            <div className="imp-acts">
              <Button type="primary" onClick={() => { setPhase({ at: 'rest' }); picker.current?.click() }}>
                {w.refusedAgain}
              </Button>
              <Button onClick={() => setPhase({ at: 'rest' })}>{w.back}</Button>
            </div>
          </div>
        ) : (
          <div className={`imp-drop ${over ? 'imp-over' : ''}`}>
            <h2>{w.dropTitle}</h2>
            <p>{w.dropHint}</p>
            {phase.at === 'sending' ? (
              <Sending name={phase.name} percent={phase.percent} onStop={() => stop.current?.abort()} />
            ) : (
              <Button type="primary" size="large" onClick={() => picker.current?.click()}>
                {w.choose}
              </Button>
            )}
            <p>{w.promise}</p>
          </div>
        )}
        <Drafts />
      </div>
    </div>
  )
}

function Sending({ name, percent, onStop }: { name: string; percent: number; onStop: () => void }) {
  const { words: w } = useOffice()
  const says = percent < 100 ? w.uploading(name, percent) : w.reading(name)
  return (
    <div className="imp-upload" role="status">
      <span>{says}</span>
      <div className="imp-meter" role="progressbar" aria-label={says} aria-valuenow={percent} aria-valuemin={0} aria-valuemax={100}>
        <i style={{ width: `${percent}%` }} />
      </div>
      <Button size="small" onClick={onStop} style={{ justifySelf: 'start' }}>
        {w.stopUpload}
      </Button>
    </div>
  )
}
