/** The pack in force: what it holds, how far its calendar is certain, and what else could be put in force. */
import { App, Button } from 'antd'
import { type PackLine, usePack } from '../../shared/api'
import { Failed, Light, Loading, useSaid } from '../../shared/ui'
import { type Lang, useWords } from '../../shared/words'
import { usePacks, usePutInForce } from './queries'

const titleOf = (pack: PackLine, lang: Lang) => (lang === 'zh' ? pack.title_zh : pack.title_en)

export function Packs({ mayEdit }: { mayEdit: boolean }) {
  const packs = usePacks()
  if (packs.isPending) return <Loading />
  if (!packs.data) return <Failed error={packs.error} onAgain={() => void packs.refetch()} />
  return (
    <>
      {packs.data.map((pack) => (
        <PackCard key={pack.hash} pack={pack} mayEdit={mayEdit} />
      ))}
    </>
  )
}

function PackCard({ pack, mayEdit }: { pack: PackLine; mayEdit: boolean }) {
  const { t, lang } = useWords()
  const said = useSaid()
  const { modal, message } = App.useApp()
  const put = usePutInForce()
  const title = titleOf(pack, lang)
  const ask = () =>
    modal.confirm({
      title: t('admin.putInForceAsk', { name: `${title} ${pack.version}` }),
      content: t('admin.putInForceSays'),
      okText: t('admin.putInForce'),
      onOk: () =>
        put.mutateAsync(pack.name).then(
          () => void message.success(t('admin.putInForceDone', { name: title })),
          (error: unknown) => void modal.error({ title: said(error).title, content: said(error).remedy }),
        ),
    })
  return (
    <section className="admin-pack">
      <header>
        <h2>{title}</h2>
        <Light color={pack.in_force ? 'green' : 'grey'} word={t(pack.in_force ? 'admin.inForce' : 'admin.notInForce')} />
        {pack.differs ? <Light color="amber" word={t('admin.differs')} /> : null}
        {mayEdit && !pack.in_force ? (
          <Button size="small" onClick={ask}>
            {t('admin.putInForce')}
          </Button>
        ) : null}
      </header>
      <dl>
        <dt>{t('admin.version')}</dt>
        <dd className="num">
          {pack.name} {pack.version}
        </dd>
        <dt>{t('admin.hash')}</dt>
        <dd className="num admin-hash">{pack.hash}</dd>
        {pack.in_force ? <InForce /> : null}
      </dl>
    </section>
  )
}

function InForce() {
  const { t, lang } = useWords()
  const pack = usePack()
  if (!pack) return null
  const { targets } = pack
  const said = [
    targets.starts === undefined ? '' : t('admin.targetStarts', { n: targets.starts }),
    targets.completions === undefined ? '' : t('admin.targetCompletions', { n: targets.completions }),
    targets.ramps === undefined ? '' : t('admin.targetRamps', { n: targets.ramps }),
  ].filter(Boolean)
  return (
    <>
      <dt>{t('admin.packPlace')}</dt>
      <dd>{pack.place[lang]}</dd>
      <dt>{t('admin.packCounts')}</dt>
      <dd>
        {t('admin.packCountsSays', {
          stages: pack.stages.length,
          lists: pack.lists.length,
          formalities: pack.formalities.length,
          industries: pack.industries.length,
          divisions: pack.divisions.length,
        })}
      </dd>
      <dt>{t('admin.targets')}</dt>
      <dd>{said.length ? (targets.year === undefined ? '' : t('admin.targetYear', { year: targets.year })) + said.join(t('common.comma')) : t('admin.targetsNone')}</dd>
      <dt>{t('admin.calendar')}</dt>
      <dd>
        {pack.calendar_published_through ? (
          <>
            {t('admin.calendarSays', { day: pack.calendar_published_through })}
            <br />
            <Light color="amber" word={t('admin.calendarProvisional')} />
          </>
        ) : (
          t('admin.calendarNone')
        )}
      </dd>
    </>
  )
}
