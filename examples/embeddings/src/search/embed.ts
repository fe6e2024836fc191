const NGRAM = 4

/** How texts become vectors. */
export interface Embedding {
  readonly dimensions: number
  /** Another seed is another projection. */
  readonly seed: number
}

/**
 * A text as a vector of length 1: every run of four letters in it is hashed, each hash stands for a direction that looks
 * random and is always the same, and the vector is their sum. Texts that share words point the same way. It needs no
 * model and no network.
 */
export function embed(text: string, { dimensions, seed }: Embedding): Float64Array {
  const hashes = ngrams(text).map((ngram) => hash(ngram) ^ seed)
  const vector = Float64Array.from({ length: dimensions }, (_, at) =>
    hashes.reduce((sum, each) => sum + (mixed(each + Math.imul(at, 0x9e3779b9)) & 1 ? 1 : -1), 0),
  )
  const length = Math.hypot(...vector)
  return length === 0 ? vector : vector.map((value) => value / length)
}

/** How alike two vectors of length 1 are: 1 is the same direction, 0 nothing in common. */
export function similarity(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, at) => sum + value * b[at]!, 0)
}

function ngrams(text: string): readonly string[] {
  const letters = ` ${
    text
      .toLowerCase()
      .match(/[a-z]+/g)
      ?.join(' ') ?? ''
  } `
  return Array.from({ length: Math.max(0, letters.length - NGRAM + 1) }, (_, at) => letters.slice(at, at + NGRAM))
}

/** FNV-1a over UTF-16 units. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  return value
}

/** A number that looks unlike the one that it is made of (the end of murmur3). */
function mixed(value: number): number {
  let state = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35)
  return state ^ (state >>> 16)
}
