import type { ListedEntry } from '@cairnml/engine'

/** What is said where nothing is kept. */
export const EMPTY_CACHE = 'The cache is empty: results are kept from the first run on.\n'

const KEY_LENGTH = 12

/** As much of a key as tells it from others; a dash for a result that has none. */
export function shortKey({ key }: ListedEntry): string {
  return key === undefined ? '-' : key.slice(0, KEY_LENGTH)
}

/** Who made a result in which run, and whose word makes it good for its key where it was accepted. */
export function producerOf({ producer, run, accepted }: ListedEntry): string {
  const made = `${producer.user}@${producer.host}, run ${run.name}`
  if (accepted === undefined) return made
  return `${made}; accepted by ${accepted.by}${accepted.reason === undefined ? '' : `: ${accepted.reason}`}`
}
