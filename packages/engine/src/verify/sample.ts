import { hash } from 'node:crypto'

/** How many of the reusable results are taken: a share of them, or a number. */
export type SampleSize = { readonly share: number } | { readonly count: number }

/**
 * Takes some of many, at least one of any. The choice depends on the seed and on the names alone, so it can be repeated,
 * and the order is kept.
 *
 * @param nameOf what tells an item from the others
 */
export function sampleOf<T>(
  items: readonly T[],
  size: SampleSize,
  by: { readonly seed: string; readonly nameOf: (item: T) => string },
): readonly T[] {
  const wanted = 'share' in size ? Math.ceil(items.length * size.share) : size.count
  const lot = (item: T): string => hash('sha256', JSON.stringify([by.seed, by.nameOf(item)]))
  const drawn = items.toSorted((a, b) => (lot(a) < lot(b) ? -1 : 1)).slice(0, Math.max(1, wanted))
  const chosen = new Set(drawn)
  return items.filter((item) => chosen.has(item))
}
