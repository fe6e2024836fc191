import type { StaticClosure } from './static-closure.ts'
import type { SummaryChange } from './summary-change.ts'

/** The places in a file of the project that a closure names. */
type Placed = Pick<StaticClosure, 'reasons' | 'outsideReads' | 'readsRun'>

const LINE_IN_SENTENCE = /\bat line \d/

/**
 * What a closure says of lines, after some files (by path in the project) have changed; `undefined` if it does not say
 * for certain where one of them is now.
 */
export function movedLines(closure: Placed, changes: ReadonlyMap<string, SummaryChange>): Placed | undefined {
  const moved = Array.from(changes).filter(([, { movesLines }]) => movesLines)
  const { reasons, outsideReads, readsRun } = closure
  if (moved.length === 0) return { reasons, outsideReads, readsRun }
  const isSaid = reasons.some(
    ({ reason }) => LINE_IN_SENTENCE.test(reason) || moved.some(([path]) => reason.includes(`${path}:`)),
  )
  if (isSaid) return undefined
  const lines = new MovedLines(changes)
  const repaired: Placed = {
    reasons: unique(
      reasons.map((one) => ({ ...one, at: lines.of(one.at) })),
      ({ reason, at }) => `${reason} ${at}`,
    ),
    outsideReads: unique(
      outsideReads.map((one) => ({ ...one, at: lines.of(one.at) })),
      ({ what, at }) => `${what} ${at}`,
    ),
    readsRun: readsRun && { ...readsRun, at: lines.of(readsRun.at) },
  }
  return lines.areKnown ? repaired : undefined
}

class MovedLines {
  areKnown = true
  readonly #changes: ReadonlyMap<string, SummaryChange>

  constructor(changes: ReadonlyMap<string, SummaryChange>) {
    this.#changes = changes
  }

  /** The place of `file:line` now. */
  of<Place extends string | undefined>(at: Place): Place | string {
    if (at === undefined) return at
    const colon = at.lastIndexOf(':')
    const path = at.slice(0, colon)
    const change = this.#changes.get(path)
    if (change === undefined) return at
    const line = change.lines.get(Number(at.slice(colon + 1)))
    if (line === undefined) this.areKnown = false
    return `${path}:${line}`
  }
}

/** Two that were on two lines may be on one now. */
function unique<One>(all: readonly One[], key: (one: One) => string): readonly One[] {
  return [...new Map(all.map((one) => [key(one), one])).values()]
}
