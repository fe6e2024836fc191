/** Where a page ended: the place of its last record in the order of the query. */
export interface Place {
  /** What the order is: field and direction, or nothing for the order of insertion. */
  readonly order: string
  /** Value of the field; 0 in the order of insertion. */
  readonly value: string | number
  readonly seq: number
}

/** The place as an opaque text. */
export function packCursor({ order, value, seq }: Place): string {
  return Buffer.from(JSON.stringify([order, value, seq])).toString('base64url')
}

/** The place that a text stands for, or `undefined` if it is not one in this order. */
export function unpackCursor(cursor: string, order: string): Place | undefined {
  let parsed: unknown
  try {
    parsed = JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    return undefined
  }
  if (!Array.isArray(parsed)) return undefined
  const [found, value, seq] = parsed as readonly unknown[]
  if (found !== order || !Number.isSafeInteger(seq)) return undefined
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  return { order, value, seq: Number(seq) }
}
