/** A new password for someone who lost theirs. */
import { App, Form, Input, Modal } from 'antd'
import type { User } from '../../shared/api'
import { useSaid } from '../../shared/ui'
import { useWords } from '../../shared/words'
import { useResetPassword } from './queries'

export function ResetPassword({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useWords()
  const said = useSaid()
  const { message } = App.useApp()
  const [form] = Form.useForm<{ password: string }>()
  const reset = useResetPassword()
  const save = async ({ password }: { password: string }) => {
    try {
      await reset.mutateAsync({ id: user.id, password })
      void message.success(t('admin.passwordDone', { name: user.display }))
      onClose()
    } catch (error) {
      const { title, remedy } = said(error)
      form.setFields([{ name: 'password', errors: [`${title} ${remedy}`] }])
    }
  }
  return (
    <Modal open width={420} title={t('admin.resetOf', { name: user.display })} okText={t('admin.resetPassword')} confirmLoading={reset.isPending} onOk={() => form.submit()} onCancel={onClose}>
      <p className="admin-hint">{t('admin.resetSays')}</p>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(given) => void save(given)}>
        <Form.Item name="password" label={t('admin.newPassword')} extra={t('admin.passwordRule')} rules={[{ required: true, min: 10, message: t('setup.short') }]}>
          <Input.Password autoComplete="new-password" autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  )
}
