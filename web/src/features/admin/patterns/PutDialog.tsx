/** Puts the draft in force under a document's number; when somebody was quicker it says who changed what, and nothing is lost. */
import { App, Button, DatePicker, Form, Input, Modal } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { type PatternDraft, Refused, useMe } from '../../../shared/api'
import { useSaid } from '../../../shared/ui'
import { readPattern, usePatterns, usePut } from './api'
import type { Opened } from './Patterns'
import { useWords } from './words'

export function PutDialog({ was, based, draft, onClose, onDone, onRebase }: { was: string | null; based: Opened['based']; draft: PatternDraft; onClose: () => void; onDone: () => void; onRebase: (based: Opened['based']) => void }) {
  const { t } = useWords()
  const said = useSaid()
  const { message } = App.useApp()
  const today = useMe()?.today
  const [form] = Form.useForm<{ number: string; on: Dayjs }>()
  const [error, setError] = useState<unknown>(null)
  const patterns = usePatterns()
  const put = usePut()
  const submit = async ({ number, on }: { number: string; on: Dayjs }) => {
    setError(null)
    try {
      const done = await put.mutateAsync({ based_on: based.hash, was, draft, number, on: on.format('YYYY-MM-DD') })
      void message.success(t('put.done', { key: draft.key, version: done.version, n: done.running }))
      onDone()
    } catch (problem) {
      setError(problem)
    }
  }
  const stale = error instanceof Refused && error.status === 409 ? error.stale : undefined
  const rebase = async () => {
    try {
      if (was !== null) return onRebase(await readPattern(was))
      const { data } = await patterns.refetch()
      if (data) onRebase({ hash: data.hash, draft: null, running: 0 })
    } catch (problem) {
      setError(problem)
    }
  }
  return (
    <Modal open title={t('put.title')} onCancel={onClose} okText={t('put.ok')} confirmLoading={put.isPending} onOk={() => form.submit()} okButtonProps={{ disabled: stale !== undefined }}>
      <p>{t('put.says')}</p>
      <p>{t('head.runningSays', { n: based.running })}</p>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(fields) => void submit(fields)} initialValues={{ number: '', on: today ? dayjs(today) : null }}>
        <Form.Item name="number" label={t('put.number')} rules={[{ required: true, whitespace: true, message: t('put.required') }]}>
          <Input autoFocus maxLength={100} />
        </Form.Item>
        <Form.Item name="on" label={t('put.on')} rules={[{ required: true, message: t('put.required') }]}>
          <DatePicker maxDate={today ? dayjs(today) : undefined} />
        </Form.Item>
      </Form>
      {stale ? (
        <div role="alert" className="pat-trouble">
          <h2>{t('put.overtaken', { by: stale.by })}</h2>
          <p>{t('put.overtakenSays', { fields: stale.fields.join('; ') || t('put.nothingElse') })}</p>
          <Button onClick={() => void rebase()}>{t('put.rebase')}</Button>
        </div>
      ) : error ? (
        <div role="alert" className="pat-trouble">
          <h2>{said(error).title}</h2>
          <p>{said(error).remedy}</p>
        </div>
      ) : null}
    </Modal>
  )
}
