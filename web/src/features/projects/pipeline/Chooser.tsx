/** Which columns, in which order. By mouse or by the buttons beside each; kept on this machine. */
import { Button, Checkbox, Popover, Switch } from 'antd'
import { COLUMNS, type Layout, moveColumn, standardLayout, toggleColumn } from '../model/columns'
import { useWords } from '../words'
import { inPage } from './inPage'

export function Chooser({ layout, onLayout }: { layout: Layout; onLayout: (layout: Layout) => void }) {
  const { t } = useWords()
  const hidden = COLUMNS.filter((c) => !layout.shown.includes(c.key)).map((c) => c.key)
  const content = (
    <div className="pj-chooser">
      <ul>
        {layout.shown.map((key, i) => (
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the buttons beside it do the same by key
          <li key={key} draggable={i > 0} onDragStart={(e) => e.dataTransfer.setData('text/column', key)} {...dropsOn(i, layout, onLayout)}>
            <Checkbox checked disabled={key === 'name'} onChange={() => onLayout(toggleColumn(layout, key))}>
              {t(`col.${key}`)}
            </Checkbox>
            <span>
              <Button
                size="small"
                type="text"
                disabled={i < 2}
                aria-label={t('chooser.up', { column: t(`col.${key}`) })}
                onClick={() => onLayout(moveColumn(layout, key, -1))}
              >
                ↑
              </Button>
              <Button
                size="small"
                type="text"
                disabled={i === 0 || i === layout.shown.length - 1}
                aria-label={t('chooser.down', { column: t(`col.${key}`) })}
                onClick={() => onLayout(moveColumn(layout, key, 1))}
              >
                ↓
              </Button>
            </span>
          </li>
        ))}
        {hidden.map((key) => (
          <li key={key}>
            <Checkbox checked={false} onChange={() => onLayout(toggleColumn(layout, key))}>
              {t(`col.${key}`)}
            </Checkbox>
          </li>
        ))}
      </ul>
      <div className="pj-chooser-foot">
        <label>
          <Switch size="small" checked={layout.dense} onChange={(dense) => onLayout({ ...layout, dense })} aria-label={t('chooser.dense')} />{' '}
          {t('chooser.dense')}
        </label>
        <Button size="small" type="link" onClick={() => onLayout(standardLayout)}>
          {t('chooser.standard')}
        </Button>
      </div>
    </div>
  )
  return (
    <Popover getPopupContainer={inPage} trigger="click" placement="bottomRight" arrow={false} content={content}>
      <button type="button" className="pj-link">
        {t('chooser.title', { shown: layout.shown.length, all: COLUMNS.length })}
      </button>
    </Popover>
  )
}

function dropsOn(index: number, layout: Layout, onLayout: (layout: Layout) => void) {
  return {
    onDragOver: (e: React.DragEvent) => e.preventDefault(),
    onDrop: (e: React.DragEvent) => {
      const key = e.dataTransfer.getData('text/column')
      const from = layout.shown.indexOf(key)
      if (from > 0) onLayout(moveColumn(layout, key, index - from))
    },
  }
}
