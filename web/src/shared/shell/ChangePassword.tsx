/** One's own password. Every sign-in of the account ends with it, this one too. */
import { App, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { send } from '../api'
import { useSaid } from '../ui'
import { useWords } from '../words'

export function ChangePassword({ user, onClose, onChanged }: { user: string; onClose: () => void; onChanged: () => void }) {
  const { t } = useWords()
  const said = useSaid()
  const { message } = App.useApp()
  const [form] = Form.useForm<{ password: string; again: string }>()
  const [busy, setBusy] = useState(false)
  const save = async ({ password }: { password: string }) => {
    setBusy(true)
    try {
      await send('POST', `/users/${user}/password`, { password })
      void message.success(t('session.changed'))
      onChanged()
    } catch (error) {
      const { title, remedy } = said(error)
      form.setFields([{ name: 'password', errors: [`${title} ${remedy}`] }])
    }
    setBusy(false)
  }
  return (
    <Modal open title={t('session.changeTitle')} okText={t('common.save')} confirmLoading={busy} onOk={() => form.submit()} onCancel={onClose} width={400}>
      <Form form={form} layout="vertical" onFinish={(values) => void save(values)} requiredMark={false}>
        <Form.Item name="password" label={t('session.newPassword')} extra={t('setup.passwordRule')} rules={[{ required: true, min: 10, message: t('setup.short') }]}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="again"
          label={t('session.repeat')}
          dependencies={['password']}
          rules={[{ validator: (_, value) => (value === form.getFieldValue('password') ? Promise.resolve() : Promise.reject(new Error(t('session.differs')))) }]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
      </Form>
    </Modal>
  )
}
