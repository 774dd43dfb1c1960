/** One hand for screen and paper: what is drawn with a `Pen` goes to a canvas or into an SVG. */

export interface Stroke {
  color: string
  width?: number
  dash?: readonly number[]
}

export interface Type {
  color: string
  size?: number
  bold?: boolean
  align?: 'left' | 'center' | 'right'
  /** Painted behind the words, so that lines do not run through them. */
  ground?: string
}

export interface Pen {
  rect(x: number, y: number, width: number, height: number, fill: string): void
  box(x: number, y: number, width: number, height: number, stroke: Stroke, fill?: string): void
  /** Points `x0, y0, x1, y1, …`. */
  line(points: readonly number[], stroke: Stroke): void
  shape(points: readonly number[], fill: string | null, stroke?: Stroke): void
  diamond(x: number, y: number, radius: number, fill: string | null, stroke?: Stroke): void
  circle(x: number, y: number, radius: number, fill: string | null, stroke?: Stroke): void
  /** Slanted lines on a ground, with an edge. */
  hatch(x: number, y: number, width: number, height: number, color: string, ground: string): void
  /** `y` is the middle of the line. */
  text(x: number, y: number, words: string, type: Type): void
  measure(words: string, size?: number, bold?: boolean): number
  clip(x: number, y: number, width: number, height: number, draw: () => void): void
}

export const SIZE = 12

/** Corners of a diamond. */
export const corners = (x: number, y: number, r: number): number[] => [x, y - r, x + r, y, x, y + r, x - r, y]

/** Roughly how wide words are where no font can be asked: a Chinese character is as wide as it is high. */
export function roughWidth(words: string, size = SIZE, bold = false): number {
  let width = 0
  for (const c of words) width += (c.codePointAt(0) ?? 0) > 0x2e7f ? size : size * (bold ? 0.6 : 0.56)
  return width
}
