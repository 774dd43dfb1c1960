// The office's unfinished imports: they live on the server, so anyone entitled can go on with one.
import { useNavigate } from 'react-router'
import { App, Button } from 'antd'
import { useDiscard, useImports } from './api'
import { useOffice } from './office'

const fileSize = (bytes: number) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`)

export function Drafts() {
  const { words: w, moment } = useOffice()
  const navigate = useNavigate()
  const imports = useImports()
  const discard = useDiscard()
  const { modal } = App.useApp()
  const ask = (id: string) => modal.confirm({ title: w.discardAsk, content: w.discardSays, okText: w.discardYes, cancelText: w.keep, onOk: () => discard.mutateAsync(id) })
  const open = (imports.data ?? []).filter((i) => i.state === 'open')
  return (
    <section className="imp-drafts" aria-labelledby="imp-drafts" aria-busy={imports.isPending}>
      <h2 id="imp-drafts">{w.unfinished(open.length)}</h2>
      {!imports.isPending && open.length === 0 && <p>{w.unfinishedNone}</p>}
      <ul>
        {open.map((draft) => (
          <li key={draft.id} className="imp-draft" data-import={draft.id}>
            <h3>{draft.file}</h3>
            <p>
              {w.draftLine(draft.by, moment(draft.created))}
              {w.comma}
              {fileSize(draft.size)}
            </p>
            <div className="imp-acts">
              <Button size="small" type="primary" onClick={() => navigate(`/imports/${draft.id}?step=preview`)} aria-label={`${w.resume} ${draft.file}`}>
                {w.resume}
              </Button>
              <Button size="small" onClick={() => ask(draft.id)} aria-label={`${w.discard} ${draft.file}`}>
                {w.discard}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
