import type { FlowFunction } from './flow-function.ts'
import type { ListedSet } from './listed-set.ts'
import type { Place } from './place.ts'

/** As what a place is met: as the value itself, as a member of it, or as any part of it. */
type Mode = 0 | 1 | 2
const SELF: Mode = 0
const MEMBER: Mode = 1
const PART: Mode = 2

/** A value that a place may be, or may be a part of. */
export interface Met {
  readonly place: Place
  readonly isPart: boolean
}

/** A place, met in one way, while the net of places is searched for knots. */
interface State extends Met {
  readonly mode: Mode
  /** When it was met first, and the first one that it leads back to. */
  order: number
  low: number
  edges: readonly State[]
  next: number
  /** Known when its knot is. */
  values: Values | undefined
}

/** All values that a place may be. Places that lead to the same ones share one of these. */
export class Values {
  readonly #own: readonly Met[]
  readonly #behind: readonly Values[]
  #met: ReadonlySet<Met> | undefined
  #functions: readonly FlowFunction[] | undefined

  /**
   * @param own what is met in the place itself
   * @param behind what it leads to
   */
  constructor(own: readonly Met[], behind: readonly Values[]) {
    this.#own = own
    this.#behind = behind
  }

  /** Most places are only on the way to others, so nothing is put together before it is asked for. */
  get met(): ReadonlySet<Met> {
    return (this.#met ??= this.#gather())
  }

  /** The functions of the piece that it may be itself, as they are met. */
  get functions(): readonly FlowFunction[] {
    return (this.#functions ??= Array.from(this.met).flatMap(({ place, isPart }) =>
      place.source?.fn === undefined || isPart ? [] : [place.source.fn],
    ))
  }

  #gather(): ReadonlySet<Met> {
    const met = new Set<Met>()
    const found = new Set<Values>([this])
    for (const values of found) {
      if (values.#met === undefined) {
        for (const one of values.#own) met.add(one)
        for (const one of values.#behind) found.add(one)
      } else for (const one of values.#met) met.add(one)
    }
    return met
  }
}

const NO_VALUES = new Values([], [])

/**
 * What places may be, as the net of places is. Members of a class lead to one another and so to the same values: these
 * knots are found by Tarjan's algorithm, and each is looked at once for all questions. Where the net has grown since, an
 * answer may lack what is new; another search has it.
 */
export class Reach {
  /** How many places all searches of this process together have come to. */
  static visits = 0
  readonly #states: readonly Map<Place, State>[] = [new Map(), new Map(), new Map()]
  readonly #stopsAtData: boolean
  #count = 0

  /** @param stopsAtData leaves out what leads to places of which only the data counts */
  constructor(stopsAtData = false) {
    this.#stopsAtData = stopsAtData
  }

  /** The values that a place may be; with `isPart`, those that any part of it may be. */
  of(place: Place, isPart: boolean): Values {
    const state = this.#state(place, isPart ? PART : SELF)
    return state.values ?? this.#search(state)
  }

  #state(place: Place, mode: Mode): State {
    const states = this.#states[mode]
    let state = states?.get(place)
    if (state === undefined) {
      state = { place, mode, isPart: mode !== SELF, order: 0, low: 0, edges: [], next: 0, values: undefined }
      states?.set(place, state)
    }
    return state
  }

  #search(start: State): Values {
    const way: State[] = []
    const open: State[] = []
    this.#enter(start, way, open)
    for (let state = way.at(-1); state !== undefined; state = way.at(-1)) {
      const next = state.edges[state.next]
      state.next += 1
      if (next === undefined) {
        way.pop()
        const before = way.at(-1)
        if (before !== undefined) before.low = Math.min(before.low, state.low)
        if (state.low === state.order) close(state, open)
      } else if (next.order === 0) this.#enter(next, way, open)
      else if (next.values === undefined) state.low = Math.min(state.low, next.order)
    }
    return start.values ?? NO_VALUES
  }

  #enter(state: State, way: State[], open: State[]): void {
    this.#count += 1
    state.order = this.#count
    state.low = this.#count
    state.edges = this.#edges(state)
    Reach.visits += 1
    way.push(state)
    open.push(state)
  }

  #edges({ place, mode }: State): readonly State[] {
    if (this.#stopsAtData && place.isData) return []
    const edges: State[] = []
    const add = (places: ListedSet<Place> | undefined, as: Mode): void => {
      if (places !== undefined) for (const one of places.items) edges.push(this.#state(one, as))
    }
    add(place.from, mode)
    add(place.wholes, PART)
    add(place.owners, mode === SELF ? MEMBER : PART)
    if (mode === SELF) return edges
    add(place.held, SELF)
    if (mode === PART || place.source?.isExact !== true) add(place.held, PART)
    return edges
  }
}

/** Ends a knot: all of it leads to the same values. */
function close(first: State, open: State[]): void {
  const knot = open.splice(open.lastIndexOf(first))
  const values = valuesOf(knot)
  for (const state of knot) state.values = values
}

function valuesOf(knot: readonly State[]): Values {
  const own = knot.filter(({ place }) => place.isObject)
  const behind = new Set<Values>()
  for (const { edges } of knot) {
    for (const { values } of edges) if (values !== undefined && values !== NO_VALUES) behind.add(values)
  }
  const [first = NO_VALUES] = behind
  return own.length === 0 && behind.size < 2 ? first : new Values(own, [...behind])
}
