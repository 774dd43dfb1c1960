/** The register of organisations: departments, towns, zones, with the other names that lists use for them. */
import { App, Button, Form, Input, Select, Switch } from 'antd'
import { useState } from 'react'
import { type Org, usePack, useSay } from '../../shared/api'
import { Failed, Light, Loading, SideSheet, useSaid } from '../../shared/ui'
import { useWords, type WordKey } from '../../shared/words'
import { type OrgDraft, useOrgs, useSaveOrg } from './queries'

const KINDS: Record<string, WordKey> = { department: 'admin.department', town: 'admin.townKind', platform: 'admin.platform', enterprise: 'admin.enterprise', other: 'admin.other' }

export function Orgs({ mayEdit }: { mayEdit: boolean }) {
  const { t } = useWords()
  const say = useSay()
  const orgs = useOrgs()
  const [find, setFind] = useState('')
  const [edited, setEdited] = useState<Org | 'new' | null>(null)
  if (orgs.isPending) return <Loading />
  if (!orgs.data) return <Failed error={orgs.error} onAgain={() => void orgs.refetch()} />
  const shown = orgs.data.filter((o) => !find.trim() || [o.name, ...o.aliases].some((n) => n.includes(find.trim())))
  const kind = (key: string) => (KINDS[key] ? t(KINDS[key]) : key)
  return (
    <>
      <div className="admin-bar">
        <Input className="admin-find" allowClear placeholder={t('admin.find')} aria-label={t('admin.find')} value={find} onChange={(e) => setFind(e.target.value)} />
        {mayEdit ? (
          <Button type="primary" onClick={() => setEdited('new')}>
            {t('admin.addOrg')}
          </Button>
        ) : null}
      </div>
      <div className="scroll-x">
        <table className="sheet-table admin-table">
          <thead>
            <tr>
              <th scope="col">{t('admin.orgName')}</th>
              <th scope="col">{t('admin.orgKind')}</th>
              <th scope="col">{t('admin.orgDivision')}</th>
              <th scope="col">{t('admin.orgAliases')}</th>
              <th scope="col">{t('admin.state')}</th>
              {mayEdit ? (
                <th scope="col">
                  <span className="hidden-visually">{t('admin.edit')}</span>
                </th>
              ) : null}
            </tr>
          </thead>
          <tbody>
            {shown.map((org) => (
              <tr key={org.id} className={org.active ? '' : 'admin-closed'}>
                <th scope="row">{org.name}</th>
                <td>{kind(org.kind)}</td>
                <td>{say('divisions', org.division) || <span className="muted">—</span>}</td>
                <td className="muted">{org.aliases.join(t('common.list'))}</td>
                <td>
                  <Light color={org.active ? 'green' : 'grey'} word={t(org.active ? 'admin.active' : 'admin.inactive')} />
                </td>
                {mayEdit ? (
                  <td className="admin-acts">
                    <Button size="small" type="text" onClick={() => setEdited(org)} aria-label={t('admin.editOf', { name: org.name })}>
                      {t('admin.edit')}
                    </Button>
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {edited ? <OrgSheet org={edited === 'new' ? null : edited} onClose={() => setEdited(null)} /> : null}
    </>
  )
}

function OrgSheet({ org, onClose }: { org: Org | null; onClose: () => void }) {
  const { t, lang } = useWords()
  const said = useSaid()
  const { message } = App.useApp()
  const [form] = Form.useForm<OrgDraft>()
  const pack = usePack()
  const save = useSaveOrg()
  const submit = async (fields: OrgDraft) => {
    try {
      await save.mutateAsync({ of: org, draft: { ...fields, aliases: fields.aliases ?? [], division: fields.division ?? null } })
      void message.success(t(org ? 'admin.saved' : 'admin.added', { name: fields.name }))
      onClose()
    } catch (error) {
      const { title, remedy } = said(error)
      form.setFields([{ name: 'name', errors: [`${title} ${remedy}`] }])
    }
  }
  return (
    <SideSheet
      open
      onClose={onClose}
      title={org ? t('admin.editOf', { name: org.name }) : t('admin.addOrg')}
      footer={
        <div className="admin-foot">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="primary" loading={save.isPending} onClick={() => form.submit()}>
            {t('common.save')}
          </Button>
        </div>
      }
    >
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(fields) => void submit(fields)} initialValues={org ?? { kind: 'department', aliases: [], active: true, division: null }}>
        <Form.Item name="name" label={t('admin.orgName')} rules={[{ required: true, message: t('common.required') }]}>
          <Input autoFocus />
        </Form.Item>
        <Form.Item name="aliases" label={t('admin.orgAliases')} extra={t('admin.orgAliasesHint')}>
          <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', '，', '、', ';']} />
        </Form.Item>
        <Form.Item name="kind" label={t('admin.orgKind')}>
          <Select options={Object.entries(KINDS).map(([value, word]) => ({ value, label: t(word) }))} />
        </Form.Item>
        <Form.Item name="division" label={t('admin.orgDivision')}>
          <Select allowClear showSearch={{ optionFilterProp: 'label' }} options={(pack?.divisions ?? []).map((d) => ({ value: d.code, label: d[lang] }))} />
        </Form.Item>
        <Form.Item name="active" label={t('admin.active')} valuePropName="checked">
          <Switch />
        </Form.Item>
      </Form>
    </SideSheet>
  )
}
