/** Who is here, and how they like it: language, theme, password, the way out. */
import { useQueryClient } from '@tanstack/react-query'
import { Dropdown, type MenuProps } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { send, useMe } from '../api'
import { chooseTheme, useThemeChoice, type ThemeChoice } from '../theme/theme'
import { chooseLang, useWords, type Lang } from '../words'
import { ChangePassword } from './ChangePassword'
import { PersonIcon } from './icons'

export function UserMenu() {
  const { t, lang } = useWords()
  const theme = useThemeChoice()
  const me = useMe()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [changing, setChanging] = useState(false)
  if (!me) return null

  const signOut = async () => {
    await send('DELETE', '/session').catch(() => undefined)
    client.clear()
    void navigate('/sign-in')
  }
  const items: MenuProps['items'] = [
    { key: 'who', type: 'group', label: `${me.display} · ${me.office.name}` },
    {
      key: 'language',
      type: 'group',
      label: t('shell.language'),
      children: [
        { key: 'lang:zh', label: '中文' },
        { key: 'lang:en', label: 'English' },
      ],
    },
    {
      key: 'theme',
      type: 'group',
      label: t('shell.theme'),
      children: [
        { key: 'theme:system', label: t('shell.system') },
        { key: 'theme:paper', label: t('shell.paper') },
        { key: 'theme:blueprint', label: t('shell.blueprint') },
      ],
    },
    { type: 'divider' },
    { key: 'password', label: t('shell.password') },
    { key: 'out', label: t('shell.signOut') },
  ]
  const choose: MenuProps['onClick'] = ({ key }) => {
    const [what, value] = key.split(':')
    if (what === 'lang') chooseLang(value as Lang)
    else if (what === 'theme') chooseTheme(value as ThemeChoice)
    else if (what === 'password') setChanging(true)
    else if (what === 'out') void signOut()
  }
  return (
    <>
      <Dropdown menu={{ items, onClick: choose, selectedKeys: [`lang:${lang}`, `theme:${theme}`] }} trigger={['click']} placement="bottomRight">
        <button type="button" className="user-button" aria-label={`${t('shell.user')} ${me.display} ${t(`role.${me.role}`)}`} aria-haspopup="menu">
          <span className="user-icon">
            <PersonIcon />
          </span>
          <span className="user-words">
            <b>{me.display}</b>
            <small>{t(`role.${me.role}`)}</small>
          </span>
        </button>
      </Dropdown>
      {changing ? <ChangePassword user={me.id} onClose={() => setChanging(false)} onChanged={() => void signOut()} /> : null}
    </>
  )
}
