/** A pen on a canvas. Lines fall on whole device pixels, so that hair lines are hair. */
import { corners, type Pen, SIZE, type Stroke, type Type } from './pen'

const STEP = 6

export class CanvasPen implements Pen {
  private readonly hatches = new Map<string, CanvasPattern | null>()
  private readonly widths = new Map<string, number>()
  private font = ''

  constructor(
    private readonly c: CanvasRenderingContext2D,
    private readonly family: string,
    private readonly ratio: number,
  ) {}

  /** Widths measured before a font had come are wrong. */
  forget(): void {
    this.widths.clear()
  }

  /** A context forgets its font when its canvas is resized. */
  begin(): void {
    this.font = ''
    this.c.textBaseline = 'middle'
  }

  private edge(v: number): number {
    return Math.round(v * this.ratio) / this.ratio
  }

  private middle(v: number, width: number): number {
    const device = Math.max(1, Math.round(width * this.ratio))
    return device % 2 ? (Math.floor(v * this.ratio) + 0.5) / this.ratio : Math.round(v * this.ratio) / this.ratio
  }

  rect(x: number, y: number, width: number, height: number, fill: string): void {
    const left = this.edge(x)
    const top = this.edge(y)
    this.c.fillStyle = fill
    this.c.fillRect(left, top, Math.max(1 / this.ratio, this.edge(x + width) - left), this.edge(y + height) - top)
  }

  box(x: number, y: number, width: number, height: number, stroke: Stroke, fill?: string): void {
    if (fill) this.rect(x, y, width, height, fill)
    this.line([x, y, x + width, y, x + width, y + height, x, y + height, x, y], stroke)
  }

  private ink({ color, width = 1, dash }: Stroke): void {
    this.c.strokeStyle = color
    this.c.lineWidth = width
    this.c.setLineDash(dash ? [...dash] : [])
  }

  line(points: readonly number[], stroke: Stroke): void {
    const width = stroke.width ?? 1
    this.ink(stroke)
    this.c.beginPath()
    for (let i = 0; i + 1 < points.length; i += 2) {
      const x = this.middle(points[i] ?? 0, width)
      const y = this.middle(points[i + 1] ?? 0, width)
      if (i === 0) this.c.moveTo(x, y)
      else this.c.lineTo(x, y)
    }
    this.c.stroke()
  }

  shape(points: readonly number[], fill: string | null, stroke?: Stroke): void {
    this.c.beginPath()
    for (let i = 0; i + 1 < points.length; i += 2) this.c[i === 0 ? 'moveTo' : 'lineTo'](points[i] ?? 0, points[i + 1] ?? 0)
    this.c.closePath()
    this.paint(fill, stroke)
  }

  private paint(fill: string | null, stroke?: Stroke): void {
    if (fill) {
      this.c.fillStyle = fill
      this.c.fill()
    }
    if (stroke) {
      this.ink(stroke)
      this.c.stroke()
    }
  }

  diamond(x: number, y: number, radius: number, fill: string | null, stroke?: Stroke): void {
    this.shape(corners(x, y, radius), fill, stroke)
  }

  circle(x: number, y: number, radius: number, fill: string | null, stroke?: Stroke): void {
    this.c.beginPath()
    this.c.arc(x, y, radius, 0, Math.PI * 2)
    this.paint(fill, stroke)
  }

  hatch(x: number, y: number, width: number, height: number, color: string, ground: string): void {
    this.rect(x, y, width, height, ground)
    const pattern = this.pattern(color)
    if (pattern) {
      this.c.fillStyle = pattern
      this.c.fillRect(this.edge(x), this.edge(y), this.edge(x + width) - this.edge(x), this.edge(y + height) - this.edge(y))
    }
    this.line([x, y, x + width, y, x + width, y + height, x, y + height, x, y], { color })
  }

  private pattern(color: string): CanvasPattern | null {
    const known = this.hatches.get(color)
    if (known !== undefined) return known
    const tile = document.createElement('canvas')
    tile.width = tile.height = STEP * this.ratio
    const c = tile.getContext('2d')
    if (!c) return null
    c.scale(this.ratio, this.ratio)
    c.strokeStyle = color
    c.lineWidth = 1.6
    c.beginPath()
    for (const at of [-STEP, 0, STEP]) {
      c.moveTo(at - 1, STEP + 1)
      c.lineTo(at + STEP + 1, -1)
    }
    c.stroke()
    const made = this.c.createPattern(tile, 'repeat')
    made?.setTransform(new DOMMatrix().scale(1 / this.ratio))
    this.hatches.set(color, made)
    return made
  }

  private useFont(size: number, bold: boolean): void {
    const font = `${bold ? '600 ' : ''}${size}px ${this.family}`
    if (font === this.font) return
    this.c.font = font
    this.font = font
  }

  text(x: number, y: number, words: string, { color, size = SIZE, bold = false, align = 'left', ground }: Type): void {
    if (ground) {
      const width = this.measure(words, size, bold)
      const left = align === 'left' ? x : align === 'right' ? x - width : x - width / 2
      this.rect(left - 2, y - size * 0.6, width + 4, size * 1.2, ground)
    }
    this.useFont(size, bold)
    this.c.textAlign = align
    this.c.fillStyle = color
    this.c.fillText(words, x, y + 0.5)
  }

  measure(words: string, size = SIZE, bold = false): number {
    const key = `${size}${bold ? 'b' : ''} ${words}`
    const known = this.widths.get(key)
    if (known !== undefined) return known
    this.useFont(size, bold)
    const { width } = this.c.measureText(words)
    if (this.widths.size > 20_000) this.widths.clear()
    this.widths.set(key, width)
    return width
  }

  clip(x: number, y: number, width: number, height: number, draw: () => void): void {
    this.c.save()
    this.c.beginPath()
    this.c.rect(x, y, width, height)
    this.c.clip()
    draw()
    this.c.restore()
    this.font = ''
  }
}
