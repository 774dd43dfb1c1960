/** Above the map: to which milestone the driving path leads, the scale, and the way back to today. */
import { Button, Segmented } from 'antd'
import type { MapModel } from './model'
import { type Zoom, ZOOMS } from './scale'
import { useWords } from './words'

interface ToolbarProps {
  model: MapModel
  target: string | null
  onTarget: ((key: string | null) => void) | undefined
  zoom: Zoom
  onZoom: (zoom: Zoom) => void
  onStep: (by: 1 | -1) => void
  onFit: () => void
  onToday: () => void
  tools: React.ReactNode
}

export function Toolbar({ model, target, onTarget, zoom, onZoom, onStep, onFit, onToday, tools }: ToolbarProps) {
  const { t } = useWords()
  return (
    <div className="bm-bar">
      <div className="bm-tools">{tools}</div>
      {onTarget && model.milestones.length > 0 && (
        <div className="bm-choice">
          <span>{t('map.path')}</span>
          <Segmented
            size="small"
            aria-label={t('map.path')}
            value={target ?? ''}
            options={[...model.milestones.map((m) => ({ value: m.key, label: m.name })), { value: '', label: t('map.noPath') }]}
            onChange={(key) => onTarget(key || null)}
          />
        </div>
      )}
      <div className="bm-choice">
        <span>{t('map.zoom')}</span>
        <Segmented size="small" aria-label={t('map.zoom')} value={zoom} options={ZOOMS.map((z) => ({ value: z, label: t(`zoom.${z}`) }))} onChange={onZoom} />
        <Button size="small" aria-label={t('map.zoomOut')} title={`${t('map.zoomOut')} (−)`} onClick={() => onStep(-1)}>
          −
        </Button>
        <Button size="small" aria-label={t('map.zoomIn')} title={`${t('map.zoomIn')} (+)`} onClick={() => onStep(1)}>
          +
        </Button>
        <Button size="small" title="*" onClick={onFit}>
          {t('map.fit')}
        </Button>
        <Button size="small" title="." onClick={onToday}>
          {t('map.jump')}
        </Button>
      </div>
    </div>
  )
}
