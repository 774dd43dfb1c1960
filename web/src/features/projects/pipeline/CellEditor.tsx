/** Edits one cell in place. Enter keeps, Esc drops, Tab keeps and moves on; a refusal stays in the box with its reason. */
import { type RefSelectProps, Select } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { Row } from '../api/types'
import type { Column } from '../model/columns'
import type { Move } from '../model/cursor'
import { plainText, type Show } from '../show'
import { useWords } from '../words'

interface EditorProps {
  row: Row
  column: Column
  typed: string | null
  show: Show
  style: React.CSSProperties
  /** Saves; a sentence when it was refused. */
  onCommit: (text: string) => Promise<string | null>
  onDone: (step: Move | null) => void
}

export function CellEditor(props: EditorProps) {
  const { row, column, typed, show, style, onCommit, onDone } = props
  const { t } = useWords()
  const before = plainText(row, column, show)
  const [text, setText] = useState(typed ?? before)
  const [refusal, setRefusal] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const select = useRef<RefSelectProps>(null)
  const label = t('edit.label', { column: t(`col.${column.key}`), name: row.name })

  useEffect(() => {
    input.current?.focus()
    select.current?.focus()
    if (typed === null) input.current?.select()
  }, [typed])

  const commit = async (value: string, step: Move | null) => {
    if (busy) return
    if (value.trim() === before.trim()) return onDone(step)
    setBusy(true)
    const refused = await onCommit(value)
    setBusy(false)
    if (refused === null) onDone(step)
    else setRefusal(refused)
  }

  if (column.kind === 'choice' && column.register) {
    const options = show.registers.options(column.register)
    return (
      <div className="pj-editor" style={style}>
        <Select
          ref={select}
          defaultOpen
          showSearch={{ optionFilterProp: 'label' }}
          size="small"
          style={{ width: '100%', minWidth: 160 }}
          popupMatchSelectWidth={false}
          aria-label={label}
          disabled={busy}
          status={refusal ? 'error' : undefined}
          defaultValue={column.value(row) ?? undefined}
          options={column.required ? options : [{ value: '', label: t('edit.clear') }, ...options]}
          onChange={(value) => void commit(String(value), null)}
          onKeyDown={(e) => {
            if (e.key === 'Escape') onDone(null)
          }}
          onBlur={() => onDone(null)}
        />
        {refusal && <Refusal text={refusal} />}
      </div>
    )
  }
  return (
    <div className="pj-editor" style={style}>
      <input
        ref={input}
        value={text}
        aria-label={label}
        aria-invalid={refusal !== null}
        placeholder={t(`edit.hint.${column.kind}`)}
        readOnly={busy}
        onChange={(e) => {
          setText(e.target.value)
          setRefusal(null)
        }}
        onKeyDown={(e) => {
          if (e.nativeEvent.isComposing) return
          if (e.key === 'Enter') void commit(text, e.shiftKey ? 'up' : 'down')
          else if (e.key === 'Tab') {
            e.preventDefault()
            void commit(text, e.shiftKey ? 'left' : 'right')
          } else if (e.key === 'Escape') onDone(null)
        }}
        onBlur={() => {
          if (refusal === null) void commit(text, null)
        }}
      />
      {refusal && <Refusal text={refusal} />}
    </div>
  )
}

const Refusal = ({ text }: { text: string }) => (
  <div className="pj-refusal" role="alert">
    {text}
  </div>
)
