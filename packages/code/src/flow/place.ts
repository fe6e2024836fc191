import type { Reference } from '../summary/module-summary.ts'
import type { FlowCall } from './flow-call.ts'
import type { FlowFunction } from './flow-function.ts'

/** What a place is by itself, if it is more than what flows into it. */
export interface PlaceSource {
  /** A name of the module scope or a global, or a part of one. */
  readonly base?: Reference | undefined
  /** The name of a scope around the piece. */
  readonly captured?: string | undefined
  readonly fn?: FlowFunction | undefined
  /** Made here, by code of that function; `outside` if by code of none. */
  readonly madeBy?: FlowFunction | 'outside' | undefined
  /** An instance of a class of the piece. */
  readonly isInstance?: boolean | undefined
  /** What a call gives back that this piece does not know. */
  readonly result?: FlowCall | undefined
}

/** Anything that can hold a value: a variable, an expression, a parameter, what a function returns. */
export class Place {
  readonly source: PlaceSource | undefined
  /** The value may be one of these. */
  readonly from: Set<Place> = new Set()
  /** The value may be a part of these. */
  readonly wholes: Set<Place> = new Set()
  /** The value may hold these. */
  readonly held: Set<Place> = new Set()
  /** Whether whoever uses the piece may give the value to it. */
  isGiven = false
  /** Whether functions among what it may be do not count: what a function gets of the object that it is a part of. */
  isData = false
  /** Whether it is `this` of a function that others may call. */
  isGivenThis = false

  constructor(source?: PlaceSource) {
    this.source = source
  }

  /** Whether it is a value, and not only a name for some. */
  get isObject(): boolean {
    return this.source !== undefined || this.isGiven || this.isGivenThis
  }
}

/** What numbers, texts and other values without parts are. */
export const NOTHING: Place = new Place()

/** Notes that one place may be another; says whether that is new. */
export function link(from: Place, to: Place): boolean {
  if (from === NOTHING || from === to || to === NOTHING || to.from.has(from)) return false
  to.from.add(from)
  return true
}

/** Notes that a place may hold another; says whether that is new. */
export function hold(value: Place, whole: Place): boolean {
  if (value === NOTHING || whole === NOTHING || whole.held.has(value)) return false
  whole.held.add(value)
  return true
}

/** A part of something, whichever. */
export function partOf(...wholes: readonly Place[]): Place {
  const known = wholes.filter((whole) => whole !== NOTHING)
  if (known.length === 0) return NOTHING
  const part = new Place()
  for (const whole of known) part.wholes.add(whole)
  return part
}

/** One of several. */
export function oneOf(...places: readonly Place[]): Place {
  const known = places.filter((place) => place !== NOTHING)
  const [only] = known
  if (only === undefined || known.length === 1) return only ?? NOTHING
  const either = new Place()
  for (const place of known) either.from.add(place)
  return either
}

/**
 * What a place may be: `visit` is told each value, and whether it is only a part of that. It may answer `false`, so that
 * what leads to the value is left out.
 */
export function follow(start: Place, isPart: boolean, visit: (place: Place, isPart: boolean) => boolean | void): void {
  const selves = new Set<Place>()
  const parts = new Set<Place>()
  const queue: Place[] = []
  const queueOfParts: Place[] = []
  const enter = (place: Place, asPart: boolean): void => {
    const seen = asPart ? parts : selves
    if (seen.has(place)) return
    seen.add(place)
    if (asPart) queueOfParts.push(place)
    else queue.push(place)
  }
  enter(start, isPart)
  for (;;) {
    const self = queue.pop()
    const part = self === undefined ? queueOfParts.pop() : undefined
    const place = self ?? part
    if (place === undefined) return
    const asPart = part !== undefined
    if (visit(place, asPart) === false) continue
    for (const one of place.from) enter(one, asPart)
    for (const one of place.wholes) enter(one, true)
    if (!asPart) continue
    for (const one of place.held) {
      enter(one, false)
      enter(one, true)
    }
  }
}
