/** Drawn pages on the screen; the browser prints them at their own size, or they are saved as they are. */
import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import './print.css'
import { PAPER, type Paper } from './sheet'
import { useWords } from './words'

interface SheetsProps {
  pages: readonly string[]
  paper: Paper
  /** Of the saved file, without its ending. */
  name: string
  children?: React.ReactNode
}

export function Sheets({ pages, paper, name, children }: SheetsProps) {
  const { t } = useWords()
  return (
    <>
      <div className="pr-bar">
        {children}
        <span className="pr-hint">{t('page.hint', { paper: paper.toUpperCase() })}</span>
        <Button onClick={() => pages.forEach((page, i) => save(page, pages.length > 1 ? `${name}-${i + 1}` : name))}>{t('page.save')}</Button>
        <Button type="primary" onClick={() => print()}>
          {t('page.print')}
        </Button>
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by the keyboard */}
      <section className="pr-desk" aria-label={t('page.title')} tabIndex={0}>
        {pages.map((page, i) => (
          <Drawn key={pageKey(i)} svg={page} className="pr-sheet" />
        ))}
      </section>
      {createPortal(
        <div className="pr-paper" aria-hidden="true">
          <style>{`@page { size: ${PAPER[paper].width}mm ${PAPER[paper].height}mm; margin: 0 }`}</style>
          {pages.map((page, i) => (
            <Drawn key={pageKey(i)} svg={page} className="pr-page" />
          ))}
        </div>,
        document.body,
      )}
    </>
  )
}

const pageKey = (i: number) => `page-${i}`

/** A page as nodes of the document, read as XML: what is not well formed is not shown. */
function Drawn({ svg, className }: { svg: string; className: string }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const read = new DOMParser().parseFromString(svg, 'image/svg+xml')
    if (!read.querySelector('parsererror')) place.current?.replaceChildren(document.importNode(read.documentElement, true))
  }, [svg])
  return <div ref={place} className={className} />
}

function save(svg: string, name: string) {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  const link = document.createElement('a')
  link.href = url
  link.download = `${name.replace(/[\\/:*?"<>|\s]+/g, '-')}.svg`
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

const canvas = typeof document === 'undefined' ? null : document.createElement('canvas').getContext('2d')

/** How wide words are in a font of this page. */
export const wideIn =
  (family: string) =>
  (words: string, size: number, bold: boolean): number => {
    if (!canvas) return words.length * size
    canvas.font = `${bold ? '600 ' : ''}${size}px ${family}`
    return canvas.measureText(words).width
  }
