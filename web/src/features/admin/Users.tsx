/** Accounts: who, in which role, over which places and organisations. */
import { App, Button, Input } from 'antd'
import { useState } from 'react'
import { type User, useSay } from '../../shared/api'
import { Failed, Light, Loading, useSaid } from '../../shared/ui'
import { useWords } from '../../shared/words'
import { useOrgs, useSaveUser, useUsers } from './queries'
import { ResetPassword } from './ResetPassword'
import { LIMITED } from './rights'
import { UserSheet } from './UserSheet'

export function Users() {
  const { t } = useWords()
  const users = useUsers()
  const [find, setFind] = useState('')
  const [edited, setEdited] = useState<User | 'new' | null>(null)
  const [reset, setReset] = useState<User | null>(null)
  if (users.isPending) return <Loading />
  if (!users.data) return <Failed error={users.error} onAgain={() => void users.refetch()} />
  const text = find.trim().toLowerCase()
  const shown = users.data.filter((u) => !text || u.name.includes(text) || u.display.toLowerCase().includes(text))
  return (
    <>
      <div className="admin-bar">
        <Input className="admin-find" allowClear placeholder={t('admin.find')} aria-label={t('admin.find')} value={find} onChange={(e) => setFind(e.target.value)} />
        <Button type="primary" onClick={() => setEdited('new')}>
          {t('admin.addUser')}
        </Button>
      </div>
      <div className="scroll-x">
        <table className="sheet-table admin-table">
          <thead>
            <tr>
              <th scope="col">{t('admin.display')}</th>
              <th scope="col">{t('admin.name')}</th>
              <th scope="col">{t('admin.role')}</th>
              <th scope="col">{t('admin.scope')}</th>
              <th scope="col">{t('admin.state')}</th>
              <th scope="col">
                <span className="hidden-visually">{t('admin.edit')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((user) => (
              <UserLine key={user.id} user={user} onEdit={() => setEdited(user)} onReset={() => setReset(user)} />
            ))}
          </tbody>
        </table>
      </div>
      {edited ? <UserSheet user={edited === 'new' ? null : edited} onClose={() => setEdited(null)} /> : null}
      {reset ? <ResetPassword user={reset} onClose={() => setReset(null)} /> : null}
    </>
  )
}

function UserLine({ user, onEdit, onReset }: { user: User; onEdit: () => void; onReset: () => void }) {
  const { t } = useWords()
  const { modal, message } = App.useApp()
  const said = useSaid()
  const save = useSaveUser()
  const { name, display, role, divisions, orgs } = user
  const setActive = (active: boolean) =>
    save.mutateAsync({ of: user, draft: { name, display, role, divisions, orgs, active } }).then(
      () => void message.success(t('admin.saved', { name: display })),
      (error: unknown) => void modal.error({ title: said(error).title, content: said(error).remedy }),
    )
  const close = () => modal.confirm({ title: t('admin.deactivateAsk', { name: display }), content: t('admin.deactivateSays'), okText: t('admin.deactivate'), okButtonProps: { danger: true }, onOk: () => setActive(false) })
  return (
    <tr className={user.active ? '' : 'admin-closed'}>
      <th scope="row">{display}</th>
      <td className="num">{name}</td>
      <td>{t(`role.${role}`)}</td>
      <td>
        <Reach user={user} />
      </td>
      <td>
        <Light color={user.active ? 'green' : 'grey'} word={t(user.active ? 'admin.active' : 'admin.inactive')} />
      </td>
      <td className="admin-acts">
        <Button size="small" type="text" onClick={onEdit} aria-label={t('admin.editOf', { name: display })}>
          {t('admin.edit')}
        </Button>
        <Button size="small" type="text" onClick={onReset} aria-label={t('admin.resetOf', { name: display })}>
          {t('admin.resetPassword')}
        </Button>
        <Button size="small" type="text" onClick={user.active ? close : () => void setActive(true)} aria-label={`${t(user.active ? 'admin.deactivate' : 'admin.activate')} ${display}`}>
          {t(user.active ? 'admin.deactivate' : 'admin.activate')}
        </Button>
      </td>
    </tr>
  )
}

function Reach({ user }: { user: User }) {
  const { t } = useWords()
  const say = useSay()
  const orgs = useOrgs().data
  if (!user.rights.includes('read_projects')) return <span className="muted">—</span>
  const names = [...(user.divisions ?? []).map((d) => say('divisions', d)), ...(user.orgs ?? []).map((id) => orgs?.find((o) => o.id === id)?.name ?? id)]
  if (names.length) return names.join(t('common.list'))
  return LIMITED.includes(user.role) ? <Light color="amber" word={t('admin.nothingSeen')} /> : t('admin.wholeOffice')
}
