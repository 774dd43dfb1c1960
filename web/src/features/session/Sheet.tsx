/** The sheet both pages before the door are drawn on: the drawing on the left, the form on the right. */
import { Mark } from '../../shared/shell'
import { chooseLang, useWords } from '../../shared/words'
import { Drawing } from './Drawing'
import './session.css'

export function Sheet({ by, children }: { by: string; children: React.ReactNode }) {
  const { t, lang } = useWords()
  return (
    <div className="door">
      <div className="door-drawing" data-theme="blueprint">
        <div className="door-frame">
          <Drawing by={by} />
        </div>
      </div>
      <main className="door-form">
        <div className="door-brand">
          <Mark size={48} />
          <span>
            <b lang="zh-CN">蓝图</b>
            <small lang="en">LANTU</small>
          </span>
          <button type="button" className="link-button" lang={lang === 'zh' ? 'en' : 'zh-CN'} onClick={() => chooseLang(lang === 'zh' ? 'en' : 'zh')}>
            {lang === 'zh' ? 'English' : '中文'}
          </button>
        </div>
        {children}
        <p className="door-foot">{t('session.foot')}</p>
      </main>
    </div>
  )
}
