/** Administration: each tab for those who may. The three administrators are separate, and the page says so. */
import { Tabs } from 'antd'
import { Navigate } from 'react-router'
import { useMe } from '../../shared/api'
import { PageHead } from '../../shared/shell'
import { Loading, useUrlState } from '../../shared/ui'
import { useWords } from '../../shared/words'
import './admin.css'
import { Orgs } from './Orgs'
import { Packs } from './Packs'
import { Patterns } from './patterns/Patterns'
import { Roles } from './Roles'
import { Users } from './Users'
import { Verify } from './Verify'

export function AdminPage() {
  const { t } = useWords()
  const me = useMe()
  const [tab, setTab] = useUrlState('tab')
  if (!me) return <Loading />
  const may = (right: (typeof me.can)[number]) => me.can.includes(right)
  if (!(['manage_users', 'manage_orgs', 'manage_packs', 'audit'] as const).some(may)) return <Navigate to="/" replace />
  const items = [
    { key: 'users', label: t('admin.users'), children: may('manage_users') ? <Users /> : <NotMine /> },
    { key: 'orgs', label: t('admin.orgs'), children: <Orgs mayEdit={may('manage_orgs')} /> },
    { key: 'roles', label: t('admin.roles'), children: <Roles /> },
    { key: 'packs', label: t('admin.packs'), children: <Packs mayEdit={may('manage_packs')} /> },
    { key: 'patterns', label: t('admin.patterns'), children: <Patterns /> },
    ...(may('audit') ? [{ key: 'verify', label: t('admin.verify'), children: <Verify /> }] : []),
  ]
  const first = may('manage_users') ? 'users' : may('audit') ? 'verify' : may('manage_packs') ? 'packs' : 'orgs'
  return (
    <>
      <PageHead title={t('admin.title')} scope={[]} />
      <div className="admin">
        <Tabs items={items} activeKey={items.some((i) => i.key === tab) ? (tab ?? first) : first} onChange={setTab} destroyOnHidden />
      </div>
    </>
  )
}

function NotMine() {
  const { t } = useWords()
  return (
    <div className="state">
      <h2>{t('admin.noUsersRight')}</h2>
      <p>{t('admin.noUsersRightSays')}</p>
    </div>
  )
}
