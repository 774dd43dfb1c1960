/** A new project enters the books: its name is enough, the rest can follow. */
import { createProject } from '../api/queries'
import type { Show } from '../show'
import { useWords } from '../words'
import { ActDialog, type ActForm } from './form'

export function NewProject({ show, onClose, onDone }: { show: Show; onClose: () => void; onDone: (id: string) => void }) {
  const { t } = useWords()
  const { registers } = show
  const form: ActForm = {
    title: t('new.title'),
    lead: t('new.lead'),
    year: Number(show.today.slice(0, 4)),
    initial: { level: 'project' },
    fields: [
      { key: 'name', kind: 'text', label: t('col.name'), required: true },
      { key: 'level', kind: 'choice', label: t('field.level'), required: true, options: registers.options('levels') },
      { key: 'code', kind: 'text', label: t('col.code'), hint: '2603-330482-04-01-518207' },
      { key: 'owner', kind: 'text', label: t('field.owner') },
      { key: 'division', kind: 'choice', label: t('col.division'), options: registers.options('divisions') },
      { key: 'industry', kind: 'choice', label: t('col.industry'), options: registers.options('industries') },
      { key: 'nature', kind: 'choice', label: t('col.nature'), options: registers.options('natures') },
      { key: 'procedure', kind: 'choice', label: t('col.procedure'), options: registers.options('procedures') },
      { key: 'total_investment', kind: 'money', label: t('col.investment') },
      { key: 'start_planned', kind: 'period', label: t('col.start_planned') },
      { key: 'finish_planned', kind: 'period', label: t('col.finish_planned') },
    ],
    submit: async ({ name, level, code, owner, ...values }) => {
      const facts = Object.fromEntries(Object.entries(values).filter(([, v]) => v !== null))
      const { body } = await createProject({ name, level, code, owner: owner && { name: owner, uscc: null, holding: null }, facts })
      onDone(body.project.id)
    },
  }
  return <ActDialog form={form} onClose={onClose} />
}
