import widthOf from 'fast-string-truncated-width'

const graphemes = new Intl.Segmenter()
const ASCII = /^[\u0020-\u007E]*$/

/** A text that is as wide as there is place for, and its width in columns. */
export interface CutText {
  readonly text: string
  readonly width: number
}

/** How many columns of a terminal a text takes. */
export function textWidth(text: string): number {
  return cutText(text, Number.POSITIVE_INFINITY).width
}

/** The beginning of a text that fits; characters that take two columns and those of several code points stay whole. */
export function cutText(text: string, limit: number): CutText {
  if (ASCII.test(text)) {
    const cut = text.slice(0, limit)
    return { text: cut, width: cut.length }
  }
  let width = 0
  for (const { segment, index } of graphemes.segment(text)) {
    const added = widthOf(segment).width
    if (width + added > limit) return { text: text.slice(0, index), width }
    width += added
  }
  return { text, width }
}
