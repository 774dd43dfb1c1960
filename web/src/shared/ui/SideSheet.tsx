/** Detail at the side instead of a jump to another page. */
import { Drawer } from 'antd'
import type { ReactNode } from 'react'
import { useWords } from '../words'

export function SideSheet({ title, open, onClose, footer, width = 420, children }: { title: ReactNode; open: boolean; onClose: () => void; footer?: ReactNode; width?: number; children: ReactNode }) {
  const { t } = useWords()
  return (
    <Drawer title={title} open={open} onClose={onClose} size={width} styles={{ wrapper: { maxWidth: '100vw' } }} footer={footer} destroyOnHidden closable={{ 'aria-label': t('common.close') }}>
      {children}
    </Drawer>
  )
}
