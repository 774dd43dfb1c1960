/** A dialog with a form: labelled rows, one way out and one way on. */
import { Button, Modal } from 'antd'
import { type ReactNode, useEffect } from 'react'
import { useWords } from './words'

interface DialogProps {
  title: string
  yes: string
  busy?: boolean
  disabled?: boolean
  danger?: boolean
  width?: number
  onYes: () => void
  onClose: () => void
  children: ReactNode
}

export function Dialog({ title, yes, busy, disabled, danger, width = 560, onYes, onClose, children }: DialogProps) {
  const { t } = useWords()
  useReturnFocus()
  return (
    <Modal
      open
      title={title}
      width={width}
      onCancel={onClose}
      footer={[
        <Button key="no" onClick={onClose}>
          {t('act.cancel')}
        </Button>,
        <Button key="yes" type="primary" danger={danger} loading={busy} disabled={disabled} onClick={onYes}>
          {yes}
        </Button>,
      ]}
    >
      <form
        className="mp-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (!disabled && !busy) onYes()
        }}
      >
        {children}
        <button type="submit" hidden aria-label={yes} />
      </form>
    </Modal>
  )
}

/** After a dialog has gone, the keyboard is where it was before. */
export function useReturnFocus(): void {
  useEffect(() => {
    const before = document.activeElement
    return () => {
      setTimeout(() => {
        const lost = document.activeElement === document.body || document.activeElement === null
        const to = before instanceof HTMLElement && before.isConnected ? before : document.querySelector<HTMLElement>('[role=treegrid]')
        if (lost) to?.focus({ preventScroll: true })
      })
    }
  }, [])
}

export function Row({ id, label, hint, children }: { id: string; label: string; hint?: string; children: ReactNode }) {
  return (
    <div className="mp-field">
      <label htmlFor={id}>{label}</label>
      <div>
        {children}
        {hint && (
          <small id={`${id}-hint`} className="mp-hint">
            {hint}
          </small>
        )}
      </div>
    </div>
  )
}
