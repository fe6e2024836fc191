import type { Reference } from './reference.ts'
import type { FlowCall } from './flow-call.ts'
import type { FlowFunction } from './flow-function.ts'
import type { Flow, Origins } from './flow.ts'
import { hold, link, memberIn, NOTHING, oneOf, partOf, type Place } from './place.ts'
import { Reach } from './reach.ts'

const NO_ORIGINS: Origins = {
  selves: new Map(),
  parts: new Map(),
  isGiven: false,
  isGivenThis: false,
  captured: new Set(),
  isInstance: false,
  isOfInstance: false,
  isIterator: false,
  madeBy: new Set(),
  results: new Set(),
}

/** What places may be, as they are in one round. */
interface Round {
  readonly all: Reach
  /** For functions: they are not looked for behind what only counts as data. */
  readonly functions: Reach
}

function newRound(): Round {
  return { all: new Reach(), functions: new Reach(true) }
}

/** Applies stores and calls until nothing is new, and finds the functions that leave the piece. */
export function solveFlow(flow: Flow): void {
  for (let isNew = true; isNew;) {
    isNew = false
    const round = newRound()
    for (const { to, value } of flow.stores) {
      for (const { place } of round.all.of(to, false).met) if (hold(value, place)) isNew = true
    }
    for (const call of flow.calls) if (applyCall(call, flow, round)) isNew = true
    if (isNew) continue
    findGivenAway(flow)
    const given = new Reach()
    for (const call of flow.calls) if (applyUnknown(call, flow, given)) isNew = true
  }
  const open = flow.calls.flatMap((call) => (call.kind === 'known' || isOwn(call) ? [] : call.args))
  for (const fn of flow.givenAway) flow.kept.add(fn)
  collect(open, flow.kept, new Reach(true))
}

/** Functions of the piece that a place, or its parts, may be. */
function functionsOf(place: Place, withParts: boolean, reach: Reach): readonly FlowFunction[] {
  if (place === NOTHING) return []
  const own = reach.of(place, false).functions
  const inside = withParts ? reach.of(place, true).functions : own
  if (own.length === 0 || own === inside) return inside
  return inside.length === 0 ? own : [...new Set([...own, ...inside])]
}

function applyCall(call: FlowCall, flow: Flow, { all, functions }: Round): boolean {
  let isNew = false
  for (const { place, isPart } of call.callee === NOTHING ? [] : all.of(call.callee, false).met) {
    const { fn, base } = place.source ?? {}
    if (fn !== undefined && !isPart && callFunction(call, fn)) isNew = true
    if (base !== undefined && callOther(call, base, flow)) isNew = true
  }
  for (const fn of call.applies === undefined ? [] : functionsOf(call.receiver, false, functions)) {
    if (!call.linked.has(fn)) isNew = true
    applyFunction(call, fn)
  }
  if (call.callbacks === 'none' || !flow.hasFunctions) return isNew
  for (const argument of call.args) {
    for (const fn of functionsOf(argument, call.callbacks === 'anything' && call.kind !== 'known', functions)) {
      if (call.calledBack.has(fn)) continue
      call.calledBack.add(fn)
      isNew = true
      callBack(call, fn, argument)
    }
  }
  return isNew
}

function callFunction(call: FlowCall, fn: FlowFunction): boolean {
  if (call.linked.has(fn)) return false
  call.linked.add(fn)
  call.args.forEach((argument, index) => fn.give(argument, index < call.spreadAt ? index : undefined))
  link(call.receiver, fn.self)
  link(fn.returns, call.result)
  if (call.isNew) link(fn.self, call.result)
  return true
}

/** `f.call(self, x)`, `f.apply(self, [x])`, `f.bind(self)`. */
function applyFunction(call: FlowCall, fn: FlowFunction): void {
  if (call.linked.has(fn)) return
  call.linked.add(fn)
  const [self = NOTHING, ...rest] = call.args
  link(self, fn.self)
  rest.forEach((argument, index) => {
    if (call.applies === 'apply') fn.give(partOf(argument))
    else fn.give(argument, call.spreadAt > index + 1 ? index : undefined)
  })
  link(fn.returns, call.result)
}

/** A call of code of another piece: its results are asked for at linking. */
function callOther(call: FlowCall, base: Reference, flow: Flow): boolean {
  if (typeof base !== 'string' && !/^(?:member|result|given)$/.test(base[0])) return false
  const [name, member] = typeof base === 'string' ? [base, '*'] : [base[1] ?? '', membersOf(base)]
  if (!flow.isDeclared(name)) return false
  const key = `${name}\n${member}`
  if (call.called.has(key)) return false
  call.called.add(key)
  const result = flow.base(['result', name, member])
  link(result, call.given)
  link(result, flow.caught)
  if (call.isNew) hold(result, call.given)
  return true
}

/** Which members of a name a call may be of; a method says nothing of what calls of its result are. */
function membersOf([kind, , member = '*']: Exclude<Reference, string>): string {
  return kind === 'given' ? '*' : member
}

function callBack(call: FlowCall, fn: FlowFunction, argument: Place): void {
  const { receiver, args, callbacks, result, given } = call
  if (callbacks === 'anything') {
    const others = callbackGets(call, argument)
    fn.give(others)
    link(others, fn.self)
    link(fn.returns, result)
  } else if (callbacks === 'reduce') {
    const element = memberIn(receiver)
    for (const one of [args[1] ?? element, fn.returns]) fn.give(one, 0)
    fn.give(element, 1)
    fn.give(receiver, 3)
    link(fn.returns, result)
  } else {
    const element = memberIn(receiver)
    for (const index of [0, 1]) fn.give(element, index)
    fn.give(receiver, 2)
    if (args[1] !== undefined) link(args[1], fn.self)
    // `then` gives what a promise of another piece is of.
    fn.give(given, 0)
  }
  hold(fn.returns, resultHolder(result))
}

/** One place for all functions of an argument: there may be many, and each may get all that the call has. */
function callbackGets(call: FlowCall, argument: Place): Place {
  const { receiver, args, given } = call
  const known = (call.callbackGets ??= new Map())
  let gets = known.get(argument)
  if (gets === undefined) {
    gets = oneOf(receiver, partOf(receiver), given, ...args.map((one) => asArgument(one, one === argument)))
    known.set(argument, gets)
  }
  return gets
}

/** What a function may get of an argument; of the one that it is itself a part of, only the data. */
function asArgument(argument: Place, isOwn: boolean): Place {
  const parts = partOf(argument)
  if (!isOwn) return oneOf(argument, parts)
  if (parts !== NOTHING) parts.isData = true
  return parts
}

/** What callbacks return is a part of the copy that a method gives. */
function resultHolder(result: Place): Place {
  return result.from?.items.find(({ source }) => source?.madeBy !== undefined) ?? result
}

/** Whether it calls nothing but functions of the piece. */
function isOwn({ kind, linked, called, isUnknown }: FlowCall): boolean {
  return kind === 'function' && linked.size > 0 && called.size === 0 && !isUnknown
}

/** A function that the piece was given gets the arguments, and may give them back. */
function applyUnknown(call: FlowCall, flow: Flow, reach: Reach): boolean {
  if (call.isUnknown || call.kind === 'known') return false
  const { isGiven, captured } = originsIn(reach, call.callee, false)
  const isNowhere = call.kind === 'function' && call.linked.size === 0 && call.called.size === 0
  const isMethodOfNowhere = call.kind === 'method' && call.called.size === 0
  if (!isGiven && captured.size === 0 && !isNowhere && !isMethodOfNowhere) return false
  call.isUnknown = true
  for (const one of [...call.args, partOf(...call.args)]) link(one, call.result)
  if (isGiven || captured.size > 0) for (const one of call.args) flow.handOut(one)
  return true
}

/** Functions that are part of the value, are stored outside or are handed out may be called with anything. */
function findGivenAway(flow: Flow): void {
  const functions = new Reach(true)
  for (let count = -1; count < flow.givenAway.size;) {
    count = flow.givenAway.size
    const reach = new Reach()
    const stored = flow.stores.filter(({ to }) => isOutside(to, reach)).map(({ value }) => value)
    collect([flow.value, flow.handedOut, flow.thrown, ...stored], flow.givenAway, functions)
    for (const fn of flow.givenAway) fn.giveAway()
  }
}

/** Adds the functions of some places, of what these return, and so on. */
function collect(places: readonly Place[], into: Set<FlowFunction>, functions: Reach): void {
  const queue = [...places]
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const fn of functionsOf(next, true, functions)) {
      if (into.has(fn)) continue
      into.add(fn)
      queue.push(fn.returns, fn.self)
    }
  }
}

function isOutside(place: Place, reach: Reach): boolean {
  const { selves, parts, isGiven, isGivenThis, captured } = originsIn(reach, place, false)
  return isGiven || isGivenThis || selves.size > 0 || parts.size > 0 || captured.size > 0
}

/** What a place may be; with `isPart`, what any part of it may be. */
export function originsIn(reach: Reach, start: Place, isPart: boolean): Origins {
  if (start === NOTHING) return NO_ORIGINS
  let selves: Map<string, Reference> | undefined
  let parts: Map<string, Reference> | undefined
  let captured: Set<string> | undefined
  let madeBy: Set<FlowFunction | 'outside'> | undefined
  let results: Set<FlowCall> | undefined
  let isGiven = false
  let isGivenThis = false
  let isInstance = false
  let isOfInstance = false
  let isIterator = false
  for (const { place, isPart: asPart } of reach.of(start, isPart).met) {
    if (place.isGiven) isGiven = true
    if (place.isGivenThis) isGivenThis = true
    const { source } = place
    if (source === undefined) continue
    const { base } = source
    if (base !== undefined) {
      const list = asPart ? (parts ??= new Map()) : (selves ??= new Map())
      list.set(typeof base === 'string' ? base : base.join('\n'), base)
    }
    if (source.isInstance === true && !asPart) isInstance = true
    if (source.isInstance === true && asPart) isOfInstance = true
    if (source.isIterator === true && !asPart) isIterator = true
    if (source.captured !== undefined) (captured ??= new Set()).add(source.captured)
    if (source.madeBy !== undefined && !asPart) (madeBy ??= new Set()).add(source.madeBy)
    if (source.result !== undefined) (results ??= new Set()).add(source.result)
  }
  return {
    selves: selves ?? NO_ORIGINS.selves,
    parts: parts ?? NO_ORIGINS.parts,
    isGiven,
    isGivenThis,
    captured: captured ?? NO_ORIGINS.captured,
    isInstance,
    isOfInstance,
    isIterator,
    madeBy: madeBy ?? NO_ORIGINS.madeBy,
    results: results ?? NO_ORIGINS.results,
  }
}
