/** The door. */
import { useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { useEffect, useState } from 'react'
import { Navigate, useNavigate, useSearchParams } from 'react-router'
import { type DemoAccount, keys, type Me, send, useSession, useSetup } from '../../shared/api'
import { useSaid } from '../../shared/ui'
import { useWords } from '../../shared/words'
import { safeBack } from './back'
import { Sheet } from './Sheet'

interface Given {
  name: string
  password: string
}

export function SignInPage() {
  const { t } = useWords()
  const session = useSession()
  const setup = useSetup()
  const [params] = useSearchParams()
  const back = safeBack(params.get('back'))
  useEffect(() => {
    document.title = `${t('session.title')} · ${t('common.product')}`
  }, [t])
  if (session.data) return <Navigate to={back} replace />
  if (setup.data?.needed) return <Navigate to="/setup" replace />
  const office = setup.data?.office ?? ''
  return (
    <Sheet by={office || t('session.office')}>
      <div className="door-body">
        <h1>{office ? `${office} ${t('session.office')}` : t('session.office')}</h1>
        <p className="door-line">{t('session.line')}</p>
        <SignInForm back={back} accounts={setup.data?.demo_accounts ?? []} />
      </div>
    </Sheet>
  )
}

function SignInForm({ back, accounts }: { back: string; accounts: readonly DemoAccount[] }) {
  const { t } = useWords()
  const said = useSaid()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [form] = Form.useForm<Given>()
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)

  const signIn = async (given: Given) => {
    setBusy(true)
    setWrong(null)
    try {
      const { body } = await send<Me>('POST', '/session', given)
      client.clear()
      client.setQueryData(keys.session, body)
      void navigate(back, { replace: true })
    } catch (error) {
      const { title, remedy } = said(error)
      setWrong([title, remedy].filter(Boolean).join(t('common.semicolon')))
      form.setFieldValue('password', '')
      form.focusField('password')
    }
    setBusy(false)
  }
  return (
    <>
      <Form form={form} layout="vertical" requiredMark={false} size="large" onFinish={(given) => void signIn(given)} initialValues={{ name: '', password: '' }}>
        <Form.Item name="name" label={t('session.name')} rules={[{ required: true, message: t('common.required') }]}>
          <Input autoComplete="username" autoFocus autoCapitalize="none" spellCheck={false} />
        </Form.Item>
        <Form.Item name="password" label={t('session.password')} rules={[{ required: true, message: t('common.required') }]}>
          <Input.Password autoComplete="current-password" placeholder={t('session.passwordHint')} iconRender={(shown) => <span className="door-show">{t(shown ? 'session.hide' : 'session.show')}</span>} />
        </Form.Item>
        <p role="alert" className="door-wrong">
          {wrong}
        </p>
        <Button type="primary" htmlType="submit" block loading={busy}>
          {t(busy ? 'session.signingIn' : 'session.signIn')}
        </Button>
      </Form>
      <p className="door-forgot">{t('session.forgot')}</p>
      {accounts.length ? <DemoAccounts accounts={accounts} busy={busy} onChoose={(a) => void signIn({ name: a.name, password: a.password })} /> : null}
    </>
  )
}

function DemoAccounts({ accounts, busy, onChoose }: { accounts: readonly DemoAccount[]; busy: boolean; onChoose: (account: DemoAccount) => void }) {
  const { t } = useWords()
  return (
    <section className="door-demo" aria-label={t('session.demoTitle')}>
      <h2>{t('session.demoTitle')}</h2>
      <ul>
        {accounts.map((account) => (
          <li key={account.name}>
            <button type="button" disabled={busy} onClick={() => onChoose(account)}>
              <b>{t(`role.${account.role}`)}</b>
              <span className="num">{account.name}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
