/** A pen that writes SVG. */
import { corners, type Pen, roughWidth, SIZE, type Stroke, type Type } from './pen'

const n = (v: number): string => String(Math.round(v * 100) / 100)
const list = (points: readonly number[]): string => points.map(n).join(' ')

export const escaped = (text: string): string => text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c)

export class SvgPen implements Pen {
  private readonly parts: string[] = []
  private readonly hatches = new Map<string, string>()
  private clips = 0

  constructor(
    private readonly family: string,
    /** How wide words are, where a font can be asked. */
    private readonly wide: (words: string, size: number, bold: boolean) => number = roughWidth,
  ) {}

  private put(part: string): void {
    this.parts.push(part)
  }

  private stroke(stroke: Stroke | undefined): string {
    if (!stroke) return ''
    const { color, width = 1, dash } = stroke
    return ` stroke="${color}" stroke-width="${n(width)}"${dash ? ` stroke-dasharray="${list(dash)}"` : ''}`
  }

  rect(x: number, y: number, width: number, height: number, fill: string): void {
    this.put(`<rect x="${n(x)}" y="${n(y)}" width="${n(Math.max(0, width))}" height="${n(Math.max(0, height))}" fill="${fill}"/>`)
  }

  box(x: number, y: number, width: number, height: number, stroke: Stroke, fill = 'none'): void {
    this.put(`<rect x="${n(x)}" y="${n(y)}" width="${n(Math.max(0, width))}" height="${n(Math.max(0, height))}" fill="${fill}"${this.stroke(stroke)}/>`)
  }

  line(points: readonly number[], stroke: Stroke): void {
    this.put(`<polyline points="${list(points)}" fill="none"${this.stroke(stroke)}/>`)
  }

  shape(points: readonly number[], fill: string | null, stroke?: Stroke): void {
    this.put(`<polygon points="${list(points)}" fill="${fill ?? 'none'}"${this.stroke(stroke)}/>`)
  }

  diamond(x: number, y: number, radius: number, fill: string | null, stroke?: Stroke): void {
    this.shape(corners(x, y, radius), fill, stroke)
  }

  circle(x: number, y: number, radius: number, fill: string | null, stroke?: Stroke): void {
    this.put(`<circle cx="${n(x)}" cy="${n(y)}" r="${n(radius)}" fill="${fill ?? 'none'}"${this.stroke(stroke)}/>`)
  }

  hatch(x: number, y: number, width: number, height: number, color: string, ground: string): void {
    const known = this.hatches.get(color) ?? `hatch-${this.hatches.size}`
    this.hatches.set(color, known)
    this.rect(x, y, width, height, ground)
    this.box(x, y, width, height, { color }, `url(#${known})`)
  }

  text(x: number, y: number, words: string, { color, size = SIZE, bold = false, align = 'left', ground }: Type): void {
    if (!words) return
    if (ground) {
      const width = this.measure(words, size, bold)
      const left = align === 'left' ? x : align === 'right' ? x - width : x - width / 2
      this.rect(left - 1.5, y - size * 0.58, width + 3, size * 1.16, ground)
    }
    const anchor = align === 'left' ? '' : ` text-anchor="${align === 'right' ? 'end' : 'middle'}"`
    // A third of the size below the middle is the base line; `dominant-baseline` is not known everywhere.
    this.put(`<text x="${n(x)}" y="${n(y + size * 0.36)}" font-size="${n(size)}"${bold ? ' font-weight="600"' : ''}${anchor} fill="${color}">${escaped(words)}</text>`)
  }

  measure(words: string, size = SIZE, bold = false): number {
    return this.wide(words, size, bold)
  }

  clip(x: number, y: number, width: number, height: number, draw: () => void): void {
    const id = `clip-${this.clips++}`
    this.put(`<clipPath id="${id}"><rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}"/></clipPath><g clip-path="url(#${id})">`)
    draw()
    this.put('</g>')
  }

  /** The whole picture: `width` × `height` units shown as millimetres. */
  picture(width: number, height: number, millimetres: { width: number; height: number }, title: string): string {
    const hatches = [...this.hatches].map(
      ([color, id]) => `<pattern id="${id}" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line x1="0" y1="0" x2="0" y2="5" stroke="${color}" stroke-width="2.4"/></pattern>`,
    )
    const size = `width="${millimetres.width}mm" height="${millimetres.height}mm" viewBox="0 0 ${n(width)} ${n(height)}"`
    const family = escaped(this.family)
    return `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="${family}" role="img"><title>${escaped(title)}</title><defs>${hatches.join('')}</defs>${this.parts.join('\n')}</svg>`
  }
}
