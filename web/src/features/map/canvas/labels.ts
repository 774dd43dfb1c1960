/** Where words go: never over a mark, never over other words. */

export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

export interface View {
  left: number
  right: number
}

const GAP = 6

export interface Placed {
  x: number
  align: 'left' | 'right'
}

/**
 * A tag beside the marks of its row, `marks` from left to right edge: right of them, else left; `null` when nothing of the
 * row is on screen or there is no room.
 */
export function placeTag(marks: View, width: number, view: View): Placed | null {
  if (marks.right < view.left || marks.left > view.right) return null
  if (marks.right + GAP + width <= view.right) return { x: marks.right + GAP, align: 'left' }
  if (marks.left - GAP - width >= view.left) return { x: marks.left - GAP, align: 'right' }
  return null
}

/** Boxes already taken; a drawing of many words asks it for each. */
export class Room {
  private readonly taken: Box[] = []

  take(box: Box): void {
    this.taken.push(box)
  }

  isFree(box: Box): boolean {
    return !this.taken.some((t) => box.left < t.right && box.right > t.left && box.top < t.bottom && box.bottom > t.top)
  }

  /** Takes the first of some boxes that is free. */
  place(boxes: readonly Box[]): number | null {
    const found = boxes.findIndex((b) => this.isFree(b))
    const box = boxes[found]
    if (!box) return null
    this.take(box)
    return found
  }
}
