import type { Reference } from './reference.ts'
import type { FlowCall } from './flow-call.ts'
import type { FlowFunction } from './flow-function.ts'
import { ListedSet } from './listed-set.ts'

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
  /** A list or object of which all is known that it holds itself: its members are that, and no parts of that. */
  readonly isExact?: boolean | undefined
  /** What a method of the language gives that is used up by being read. */
  readonly isIterator?: boolean | undefined
  /** What a call gives back that this piece does not know. */
  readonly result?: FlowCall | undefined
}

/** Anything that can hold a value: a variable, an expression, a parameter, what a function returns. */
export class Place {
  readonly source: PlaceSource | undefined
  /** The value may be one of these. Most places have none of most lists. */
  from: ListedSet<Place> | undefined
  /** The value may be a part of these. */
  wholes: ListedSet<Place> | undefined
  /** The value may be a member of these. */
  owners: ListedSet<Place> | undefined
  /** The value may hold these. */
  held: ListedSet<Place> | undefined
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
  if (from === NOTHING || from === to || to === NOTHING) return false
  return (to.from ??= new ListedSet()).add(from)
}

/** Notes that a place may hold another; says whether that is new. */
export function hold(value: Place, whole: Place): boolean {
  if (value === NOTHING || whole === NOTHING) return false
  return (whole.held ??= new ListedSet()).add(value)
}

/** A part of something, whichever. */
export function partOf(...wholes: readonly Place[]): Place {
  let part: Place | undefined
  for (const whole of wholes) {
    if (whole === NOTHING) continue
    part ??= new Place()
    part.wholes ??= new ListedSet()
    part.wholes.add(whole)
  }
  return part ?? NOTHING
}

/** A member of something, whichever: where it is known what that holds itself, no part of a member. */
export function memberIn(owner: Place): Place {
  if (owner === NOTHING) return NOTHING
  const member = new Place()
  member.owners = new ListedSet()
  member.owners.add(owner)
  return member
}

/** One of several. */
export function oneOf(...places: readonly Place[]): Place {
  let only: Place | undefined
  let either: Place | undefined
  for (const place of places) {
    if (place === NOTHING) continue
    if (only === undefined) {
      only = place
      continue
    }
    if (either === undefined) {
      either = new Place()
      either.from = new ListedSet()
      either.from.add(only)
    }
    either.from?.add(place)
  }
  return either ?? only ?? NOTHING
}
