/** Where a row's words go: never over its marks. */

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
