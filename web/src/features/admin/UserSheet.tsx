/** One account, at the side. */
import { App, Button, Form, Input, Select } from 'antd'
import { ROLES, usePack, type User } from '../../shared/api'
import { SideSheet, useSaid } from '../../shared/ui'
import { useWords } from '../../shared/words'
import { type UserDraft, useOrgs, useSaveUser } from './queries'
import { LIMITED } from './rights'

interface Fields {
  name: string
  display: string
  role: User['role']
  divisions: string[]
  orgs: string[]
  password?: string
}

const limit = (chosen: string[] | undefined): string[] | null => (chosen?.length ? chosen : null)

export function UserSheet({ user, onClose }: { user: User | null; onClose: () => void }) {
  const { t, lang } = useWords()
  const said = useSaid()
  const { message } = App.useApp()
  const [form] = Form.useForm<Fields>()
  const pack = usePack()
  const orgs = useOrgs()
  const save = useSaveUser()
  const role = Form.useWatch('role', form)
  const required = { required: true, message: t('common.required') }

  const submit = async (fields: Fields) => {
    const { name, display, role: chosen, password } = fields
    // A whole-office role keeps no limits that nobody sees in the form.
    const limited = LIMITED.includes(chosen)
    const draft: UserDraft = { name, display, role: chosen, divisions: limited ? limit(fields.divisions) : null, orgs: limited ? limit(fields.orgs) : null, active: user?.active ?? true, ...(user ? {} : { password: password ?? '' }) }
    try {
      await save.mutateAsync({ of: user, draft })
      void message.success(t(user ? 'admin.saved' : 'admin.added', { name: display }))
      onClose()
    } catch (error) {
      const { title, remedy } = said(error)
      const place = (error as { problems?: { place: string | null }[] }).problems?.[0]?.place
      form.setFields([{ name: place === 'password' ? 'password' : place === 'name' ? 'name' : 'role', errors: [`${title} ${remedy}`] }])
    }
  }
  return (
    <SideSheet
      open
      onClose={onClose}
      title={user ? t('admin.editOf', { name: user.display }) : t('admin.addUser')}
      footer={
        <div className="admin-foot">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="primary" loading={save.isPending} onClick={() => form.submit()}>
            {t('common.save')}
          </Button>
        </div>
      }
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(fields) => void submit(fields)}
        initialValues={user ? { ...user, divisions: user.divisions ?? [], orgs: user.orgs ?? [] } : { role: 'clerk', divisions: [], orgs: [] }}
      >
        <Form.Item name="display" label={t('admin.display')} rules={[required]}>
          <Input autoComplete="off" autoFocus />
        </Form.Item>
        <Form.Item name="name" label={t('admin.name')} rules={[required]}>
          <Input autoComplete="off" autoCapitalize="none" spellCheck={false} />
        </Form.Item>
        {user ? null : (
          <Form.Item name="password" label={t('admin.newPassword')} extra={t('admin.passwordRule')} rules={[required, { min: 10, message: t('setup.short') }]}>
            <Input.Password autoComplete="new-password" />
          </Form.Item>
        )}
        <Form.Item name="role" label={t('admin.role')}>
          <Select options={ROLES.map((r) => ({ value: r, label: t(`role.${r}`) }))} />
        </Form.Item>
        {LIMITED.includes(role) ? (
          <>
            <p className="admin-hint">{t('admin.needsScope')}</p>
            <Form.Item name="divisions" label={t('admin.divisions')}>
              <Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={(pack?.divisions ?? []).map((d) => ({ value: d.code, label: d[lang] }))} />
            </Form.Item>
            <Form.Item name="orgs" label={t('admin.orgsField')}>
              <Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} loading={orgs.isPending} options={(orgs.data ?? []).map((o) => ({ value: o.id, label: o.name }))} />
            </Form.Item>
          </>
        ) : null}
      </Form>
    </SideSheet>
  )
}
