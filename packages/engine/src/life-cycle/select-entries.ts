import { cairnError, nearestName } from '@cairnml/core'

import type { Listing } from './list-entries.ts'

/** Fewer characters than this are no start of a key or id: they could be a mistyped name. */
const SHORTEST_START = 4
const SHOWN = 12

/**
 * The results that people mean: each text is the name of a step, the id of an entry, or the start of one key or id.
 * A name of a step counts before all else.
 *
 * @throws CAIRN_CACHE_ENTRY_UNKNOWN, CAIRN_CACHE_ENTRY_AMBIGUOUS
 */
export function selectEntries(all: readonly Listing[], given: readonly string[]): readonly Listing[] {
  const meant = new Set(given.flatMap((text) => meantBy(text, all)))
  return all.filter((listing) => meant.has(listing))
}

function meantBy(text: string, all: readonly Listing[]): readonly Listing[] {
  const ofStep = all.filter(({ entry }) => entry.step === text)
  if (ofStep.length > 0) return ofStep
  const start = text.toLowerCase()
  if (start.length >= SHORTEST_START) {
    const byKey = Map.groupBy(
      all.filter(({ entry }) => entry.key?.startsWith(start) === true),
      ({ entry }) => entry.key ?? '',
    )
    const byId = all.filter(({ entry }) => entry.id.startsWith(start))
    const found = [...byKey.keys(), ...byId.map(({ entry }) => entry.id)]
    if (found.length > 1) throw ambiguous(text, found)
    if (found.length === 1) return byKey.values().next().value ?? byId
  }
  const nearest = nearestName(text, [...new Set(all.map(({ entry }) => entry.step))])
  throw cairnError('CAIRN_CACHE_ENTRY_UNKNOWN', { given: text, nearest })
}

function ambiguous(given: string, found: readonly string[]): Error {
  const shown = found.slice(0, SHOWN).map((name) => name.slice(0, Math.max(SHOWN, given.length + SHORTEST_START)))
  return cairnError('CAIRN_CACHE_ENTRY_AMBIGUOUS', { given, found: shown })
}
