/** The middle of some numbers, or the mean of the two middle ones. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const above = sorted[Math.floor(middle)] ?? Number.NaN
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? Number.NaN) + above) / 2 : above
}

/** Milliseconds that some work takes. */
export async function millisecondsOf(work: () => unknown): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

/**
 * Measures several things in turns, so that whatever slows the machine for a while slows all of them.
 *
 * @param subjects each gives one sample
 * @returns the median of each
 */
export async function mediansInTurns<K extends string>(
  times: number,
  subjects: { readonly [name in K]: () => number | Promise<number> },
): Promise<{ readonly [name in K]: number }> {
  // Sound: the names of an object are those of its type, as it was written in place.
  const names = Object.keys(subjects) as K[]
  const samples = new Map<K, number[]>(names.map((name) => [name, []]))
  for (let time = 0; time < times; time++) {
    for (const name of names) samples.get(name)?.push(await subjects[name]())
  }
  const medians = names.map((name) => [name, median(samples.get(name) ?? [])] as const)
  // Sound: there is one entry for each of the names.
  return Object.fromEntries(medians) as { readonly [name in K]: number }
}
