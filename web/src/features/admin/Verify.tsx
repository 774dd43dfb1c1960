/** The books held against themselves: chains, checkpoints, present state. */
import { Button } from 'antd'
import { Failed, Light } from '../../shared/ui'
import { useWords } from '../../shared/words'
import { useVerify } from './queries'

export function Verify() {
  const { t } = useWords()
  const verify = useVerify()
  const found = verify.data
  return (
    <div className="admin-verify">
      <h2>{t('admin.verifyTitle')}</h2>
      <p>{t('admin.verifySays')}</p>
      <Button type="primary" loading={verify.isPending} onClick={() => verify.mutate()}>
        {t(verify.isPending ? 'admin.verifying' : 'admin.verifyRun')}
      </Button>
      <div aria-live="polite">
        {verify.isError ? <Failed error={verify.error} /> : null}
        {found && !found.findings.length ? (
          <div className="admin-result">
            <Light color="green" word={t('admin.verifyGood')} />
            {found.checkpoint ? (
              <dl>
                <dt>{t('admin.verifyRoot')}</dt>
                <dd className="num admin-hash">{found.checkpoint}</dd>
                <dd className="muted">{t('admin.verifyRootSays')}</dd>
              </dl>
            ) : null}
          </div>
        ) : null}
        {found?.findings.length ? (
          <div className="admin-result">
            <Light color="red" word={t('admin.verifyBad', { n: found.findings.length })} />
            <p>{t('admin.verifyBadSays')}</p>
            <table className="sheet-table">
              <thead>
                <tr>
                  <th scope="col">{t('admin.colStream')}</th>
                  <th scope="col" className="n">
                    {t('admin.colSeq')}
                  </th>
                  <th scope="col">{t('admin.colFinding')}</th>
                </tr>
              </thead>
              <tbody>
                {found.findings.map((f) => (
                  <tr key={`${f.stream} ${f.seq} ${f.code}`}>
                    <td className="num">{f.stream}</td>
                    <td className="n">{f.seq ?? '—'}</td>
                    <td>
                      <b className="num">{f.code}</b> <span className="muted">{f.detail}</span>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        ) : null}
      </div>
    </div>
  )
}
