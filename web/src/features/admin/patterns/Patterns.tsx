/** Patterns of the pack: the list, and the editor of one of them. */
import { Button } from 'antd'
import { useRef, useState } from 'react'
import { type PatternDraft, type PatternFinding, type PatternSheet } from '../../../shared/api'
import { Empty, Failed, Loading, useSaid, useUrlState } from '../../../shared/ui'
import { judge, readPattern, usePatterns } from './api'
import { Editor } from './Editor'
import { copied, emptyPattern } from './model'
import './patterns.css'
import { useWords } from './words'

/** What the editor opens with: a pattern in force, or a draft of a new one. */
export interface Opened {
  /** Key of the pattern in force that it changes. */
  was: string | null
  based: { hash: string; draft: PatternDraft | null; running: number }
  draft: PatternDraft
  /** Name of the file that it was read from. */
  file: string | null
}

const MOST_BYTES = 1 << 20

export function Patterns() {
  const { t, lang } = useWords()
  const said = useSaid()
  const patterns = usePatterns()
  const [, setKey] = useUrlState('pattern')
  const [opened, setOpened] = useState<Opened | null>(null)
  const [trouble, setTrouble] = useState<{ title: string; remedy: string; findings: PatternFinding[] } | null>(null)
  const file = useRef<HTMLInputElement>(null)
  if (patterns.isPending) return <Loading />
  if (!patterns.data) return <Failed error={patterns.error} onAgain={() => void patterns.refetch()} />
  const { data } = patterns
  const open = (next: Opened | null) => {
    setTrouble(null)
    setOpened(next)
    setKey(next?.was ?? null)
  }
  const failed = (error: unknown) => setTrouble({ ...said(error), findings: [] })
  const sheet = (key: string, then: (sheet: PatternSheet) => void) => void readPattern(key).then(then, failed)
  const edit = (key: string) => sheet(key, (s) => open({ was: s.draft.key, based: s, draft: s.draft, file: null }))
  const fresh = (draft: PatternDraft, from: string | null) => open({ was: null, based: { hash: data.hash, draft: null, running: 0 }, draft, file: from })
  const copy = (key: string) =>
    sheet(key, (s) =>
      fresh(
        copied(
          s.draft,
          data.patterns.map((p) => p.key),
        ),
        null,
      ),
    )
  const read = async (given: File) => {
    if (given.size > MOST_BYTES) return setTrouble({ title: t('upload.tooLarge'), remedy: '', findings: [] })
    const text = await given.text()
    const key = /^\s*key\s*=\s*"([^"]*)"/m.exec(text)?.[1] ?? ''
    const was = data.patterns.find((p) => p.key.toLowerCase() === key.toLowerCase())?.key ?? null
    const told = await judge({ was, text, start: null, facts: {} })
    const unread = told.draft === null || told.findings.some((f) => f.file === null && UNREADABLE.has(f.code))
    if (unread || !told.draft) return setTrouble({ title: t('upload.unread'), remedy: t('upload.unreadSays'), findings: told.findings })
    if (was === null) return fresh(told.draft, given.name)
    const { draft } = told
    sheet(was, (s) => open({ was: s.draft.key, based: s, draft, file: given.name }))
  }
  if (opened) {
    // Mounted anew for each: what was undone of one is not undone of another.
    return <Editor key={`${opened.was ?? ''}@${opened.based.hash}`} opened={opened} patterns={data} onClose={() => open(null)} />
  }
  return (
    <>
      <p className="admin-lead">{t('list.lead')}</p>
      <div className="admin-bar">
        <span className="muted">{t('list.version', { version: `${data.pack} ${data.version}` })}</span>
        {data.can_edit ? (
          <span className="pat-buttons">
            <input
              ref={file}
              type="file"
              accept=".toml,text/plain"
              className="hidden-visually"
              tabIndex={-1}
              aria-label={t('list.upload')}
              onChange={(e) => {
                const given = e.target.files?.[0]
                e.target.value = ''
                if (given) void read(given).catch(failed)
              }}
            />
            <Button onClick={() => file.current?.click()}>{t('list.upload')}</Button>
            <Button type="primary" onClick={() => fresh(emptyPattern(), null)}>
              {t('list.add')}
            </Button>
          </span>
        ) : null}
      </div>
      {trouble ? <Trouble {...trouble} /> : null}
      {data.patterns.length === 0 ? <Empty title={t('list.empty')} says={t('list.emptySays')} /> : null}
      {data.patterns.length > 0 ? (
        <div className="scroll-x">
          <table className="sheet-table admin-table">
            <thead>
              <tr>
                <th scope="col">{t('list.pattern')}</th>
                <th scope="col" className="n">
                  {t('list.steps')}
                </th>
                <th scope="col" className="n">
                  {t('list.conditional')}
                </th>
                <th scope="col" className="n">
                  {t('list.start')}
                </th>
                <th scope="col" className="n">
                  {t('list.finish')}
                </th>
                <th scope="col" className="n">
                  {t('list.running')}
                </th>
                <th scope="col">
                  <span className="hidden-visually">{t('list.open')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {data.patterns.map((p) => (
                <tr key={p.key}>
                  <th scope="row">
                    <span className="num pat-key">{p.key}</span> {p[lang]}
                  </th>
                  <td className="n num">{p.steps}</td>
                  <td className="n num">{p.conditional}</td>
                  <td className="n num">{p.start_offset === null ? '—' : t('list.days', { n: p.start_offset })}</td>
                  <td className="n num">{p.finish_offset === null ? '—' : t('list.days', { n: p.finish_offset })}</td>
                  <td className="n num">{p.running}</td>
                  <td className="admin-acts">
                    {data.can_edit ? (
                      <Button size="small" type="text" onClick={() => copy(p.key)} aria-label={t('list.copyOf', { name: p[lang] })}>
                        {t('list.copy')}
                      </Button>
                    ) : null}
                    <Button size="small" type="text" onClick={() => edit(p.key)} aria-label={t('list.openOf', { name: p[lang] })}>
                      {t('list.open')}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </>
  )
}

/** What keeps a text from being read whole: editing it would lose something. */
const UNREADABLE: ReadonlySet<string> = new Set(['pack_syntax', 'pack_not_text', 'pack_unknown_key', 'pack_bad_value'])

function Trouble({ title, remedy, findings }: { title: string; remedy: string; findings: PatternFinding[] }) {
  const { t } = useWords()
  return (
    <div className="pat-trouble" role="alert">
      <h2>{title}</h2>
      <p>{remedy}</p>
      <ul>
        {findings.map((f, n) => (
          <li key={n}>
            <b>{t('upload.line', { n: f.line })}</b> {f.title} <span className="muted">{f.remedy}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
