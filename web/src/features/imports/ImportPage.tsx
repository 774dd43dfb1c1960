// One import on its way: the URL says the step, the server keeps everything else.
import { useCallback } from 'react'
import { useParams, useSearchParams } from 'react-router'
import { App, Skeleton } from 'antd'
import { refusalOf, useCommit, useImport, useSaveMapping } from './api'
import { Headings } from './Headings'
import { useOffice } from './office'
import { Preview } from './Preview'
import { Closed, Result } from './Result'
import { Steps, type Step } from './Steps'
import type { ImportState, MappingChoice } from './types'

export function ImportPage() {
  const { id = '' } = useParams()
  const { words: w } = useOffice()
  const found = useImport(id)
  if (found.isPending) {
    return (
      <div className="imp" aria-busy="true">
        <Steps at="preview" />
        <div className="imp-result">
          <Skeleton active paragraph={{ rows: 8 }} />
        </div>
      </div>
    )
  }
  if (!found.data) {
    const refused = refusalOf(found.error, w)
    const gone = refused.status === 404
    return (
      <div className="imp">
        <Steps at="preview" />
        <Closed title={gone ? w.gone : refused.title || w.failedLoad} says={gone ? w.goneSays : refused.remedy} {...(gone ? {} : { onAgain: () => void found.refetch() })} />
      </div>
    )
  }
  return <OpenImport state={found.data} />
}

function OpenImport({ state }: { state: ImportState }) {
  const { words: w } = useOffice()
  const { notification } = App.useApp()
  const [search, setSearch] = useSearchParams()
  const save = useSaveMapping(state.id)
  const commit = useCommit(state.id)
  const step: Step = state.state !== 'open' ? 'commit' : search.get('step') === 'headings' ? 'headings' : 'preview'
  const goStep = useCallback((to: Step) => setSearch({ step: to }), [setSearch])
  const refuse = useCallback(
    (error: unknown) => {
      const refused = refusalOf(error, w)
      notification.error({ title: refused.title, description: refused.remedy, duration: 0 })
    },
    [notification, w],
  )
  const onSave = (choice: MappingChoice, then: 'stay' | 'preview') => save.mutate(choice, { onSuccess: () => then === 'preview' && goStep('preview'), onError: refuse })
  const writes = state.counts.adds + state.counts.changes
  const { mutate: commitRows } = commit
  const onCommit = useCallback(() => commitRows(writes, { onError: refuse }), [commitRows, writes, refuse])
  const sheet = state.sheets[state.sheet]
  return (
    <div className="imp">
      <Steps at={step} onGo={state.state === 'open' ? goStep : undefined}>
        <span title={state.file}>
          <b>{state.file}</b>
          {w.fileLine(sheet?.name ?? '', sheet?.rows ?? 0, sheet?.columns ?? 0)}
          {w.semicolon}
          {w.mappingFrom[state.mapping_from]}
        </span>
      </Steps>
      {step === 'commit' ? (
        <Result state={state} />
      ) : step === 'headings' ? (
        <Headings key={`${state.sheet} ${state.header.first} ${state.header.last}`} state={state} saving={save.isPending} onSave={onSave} onForward={() => goStep('preview')} />
      ) : (
        <Preview key={`${state.sheet} ${state.header.first}`} state={state} committing={commit.isPending} onCommit={onCommit} />
      )}
    </div>
  )
}
