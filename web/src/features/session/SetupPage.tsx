/** First run: an office, its pack and place, the first clerk and the security administrator. No default password. */
import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Select } from 'antd'
import { useEffect, useState } from 'react'
import { Navigate, useNavigate } from 'react-router'
import { keys, type Me, Refused, send, type Setup, useSetup } from '../../shared/api'
import { Failed, Loading, useSaid } from '../../shared/ui'
import { useWords } from '../../shared/words'
import { Sheet } from './Sheet'

interface Person {
  name: string
  display: string
  password: string
}
interface Answers extends Person {
  office: string
  pack: string
  place: string
  security: Person
}

export function SetupPage() {
  const { t } = useWords()
  const setup = useSetup()
  useEffect(() => {
    document.title = `${t('setup.title')} · ${t('common.product')}`
  }, [t])
  if (setup.data && !setup.data.needed) return <Navigate to="/" replace />
  return (
    <Sheet by={t('session.office')}>
      <div className="door-body">
        <h1>{t('setup.title')}</h1>
        <p className="door-line">{t('setup.says')}</p>
        {setup.data ? <SetupForm packs={setup.data.packs} /> : setup.isError ? <Failed error={setup.error} onAgain={() => void setup.refetch()} /> : <Loading />}
      </div>
    </Sheet>
  )
}

function SetupForm({ packs }: { packs: Setup['packs'] }) {
  const { t, lang } = useWords()
  const said = useSaid()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [form] = Form.useForm<Answers>()
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<{ title: string; remedy: string } | null>(null)
  const pack = Form.useWatch('pack', form)
  const places = packs.find((p) => p.name === pack)?.places ?? []

  const open = async (answers: Answers) => {
    setBusy(true)
    setWrong(null)
    try {
      const { body } = await send<Me>('POST', '/setup', { ...answers, office: answers.office ?? '' })
      client.clear()
      client.setQueryData(keys.session, body)
      void navigate('/', { replace: true })
    } catch (error) {
      setWrong(said(error))
      if (error instanceof Refused && error.code === 'setup_done') void client.invalidateQueries({ queryKey: keys.setup })
    }
    setBusy(false)
  }
  const required = { required: true, message: t('common.required') }
  const first = packs.find((p) => p.name.startsWith(lang === 'zh' ? 'cn' : 'gen')) ?? packs[0]
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      onFinish={(answers) => void open(answers)}
      scrollToFirstError={{ focus: true }}
      initialValues={{ pack: first?.name, place: first?.places[0]?.key }}
    >
      <fieldset>
        <legend>{t('setup.office')}</legend>
        <Form.Item name="office" label={t('setup.officeName')}>
          <Input placeholder={t('setup.officeNameHint')} autoFocus />
        </Form.Item>
        <div className="door-pair">
          <Form.Item name="pack" label={t('setup.pack')} rules={[required]}>
            <Select
              options={packs.map((p) => ({ value: p.name, label: p[lang] }))}
              onChange={(name: string) => form.setFieldValue('place', packs.find((p) => p.name === name)?.places[0]?.key)}
            />
          </Form.Item>
          <Form.Item name="place" label={t('setup.place')} rules={[required]}>
            <Select options={places.map((p) => ({ value: p.key, label: p[lang] }))} />
          </Form.Item>
        </div>
        <p className="door-hint">{t('setup.packSays')}</p>
      </fieldset>
      <PersonFields legend={t('setup.clerk')} says={t('setup.clerkSays')} path={[]} />
      <PersonFields legend={t('setup.security')} says={t('setup.securitySays')} path={['security']} />
      {wrong ? <Alert type="error" showIcon title={wrong.title} description={`${wrong.remedy} ${t('setup.failed')}`} role="alert" /> : null}
      <Button type="primary" htmlType="submit" block size="large" loading={busy}>
        {t(busy ? 'setup.starting' : 'setup.start')}
      </Button>
    </Form>
  )
}

function PersonFields({ legend, says, path }: { legend: string; says: string; path: string[] }) {
  const { t } = useWords()
  const required = { required: true, message: t('common.required') }
  return (
    <fieldset>
      <legend>{legend}</legend>
      <p className="door-hint">{says}</p>
      <div className="door-pair">
        <Form.Item
          name={[...path, 'name']}
          label={t('setup.name')}
          dependencies={path.length ? ['name'] : [['security', 'name']]}
          rules={[
            required,
            ({ getFieldValue }) => ({
              validator: (_, value: string) => {
                const other = getFieldValue(path.length ? 'name' : ['security', 'name']) as string | undefined
                return path.length && value && other?.trim().toLowerCase() === value.trim().toLowerCase() ? Promise.reject(new Error(t('setup.same'))) : Promise.resolve()
              },
            }),
          ]}
        >
          <Input autoComplete="off" autoCapitalize="none" spellCheck={false} />
        </Form.Item>
        <Form.Item name={[...path, 'display']} label={t('setup.display')} rules={[required]}>
          <Input autoComplete="off" />
        </Form.Item>
      </div>
      <Form.Item name={[...path, 'password']} label={t('setup.password')} extra={t('setup.passwordRule')} rules={[required, { min: 10, message: t('setup.short') }]}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </fieldset>
  )
}
