import type { Pen } from './pen'

/** The same pen with its origin elsewhere. */
export function shifted(pen: Pen, dx: number, dy: number): Pen {
  const points = (p: readonly number[]) => p.map((v, i) => (i % 2 ? v + dy : v + dx))
  return {
    rect: (x, y, w, h, fill) => pen.rect(x + dx, y + dy, w, h, fill),
    box: (x, y, w, h, stroke, fill) => pen.box(x + dx, y + dy, w, h, stroke, fill),
    line: (p, stroke) => pen.line(points(p), stroke),
    shape: (p, fill, stroke) => pen.shape(points(p), fill, stroke),
    diamond: (x, y, r, fill, stroke) => pen.diamond(x + dx, y + dy, r, fill, stroke),
    circle: (x, y, r, fill, stroke) => pen.circle(x + dx, y + dy, r, fill, stroke),
    hatch: (x, y, w, h, color, ground) => pen.hatch(x + dx, y + dy, w, h, color, ground),
    text: (x, y, words, type) => pen.text(x + dx, y + dy, words, type),
    measure: (words, size, bold) => pen.measure(words, size, bold),
    clip: (x, y, w, h, then) => pen.clip(x + dx, y + dy, w, h, then),
  }
}
