import type { Reference } from '../summary/module-summary.ts'
import type { FlowCall } from './flow-call.ts'
import type { FlowFunction } from './flow-function.ts'
import type { Flow, Origins } from './flow.ts'
import { follow, hold, link, memberIn, NOTHING, oneOf, partOf, type Place } from './place.ts'

const NO_ORIGINS: Origins = {
  selves: new Map(),
  parts: new Map(),
  isGiven: false,
  isGivenThis: false,
  captured: new Set(),
  isInstance: false,
  madeBy: new Set(),
  results: new Set(),
}

/** So many rounds are never needed. */
const MOST_ROUNDS = 100

/** Applies stores and calls until nothing is new, and finds the functions that leave the piece. */
export function solveFlow(flow: Flow): void {
  let isNew = true
  for (let round = 0; isNew && round < MOST_ROUNDS; round += 1) {
    isNew = false
    for (const { to, value } of flow.stores) {
      follow(to, false, (place) => {
        if (place.isObject && hold(value, place)) isNew = true
      })
    }
    for (const call of flow.calls) if (applyCall(call, flow)) isNew = true
    if (isNew) continue
    findGivenAway(flow)
    for (const call of flow.calls) if (applyUnknown(call, flow)) isNew = true
  }
  const open = flow.calls.flatMap((call) => (call.kind === 'known' || isOwn(call) ? [] : call.args))
  for (const fn of flow.givenAway) flow.kept.add(fn)
  collect(open, flow.kept)
}

const NO_FUNCTIONS: ReadonlySet<FlowFunction> = new Set()

/** Functions of the piece that a place, or its parts, may be. */
function functionsOf(place: Place, withParts: boolean): ReadonlySet<FlowFunction> {
  if (place === NOTHING) return NO_FUNCTIONS
  const found = new Set<FlowFunction>()
  const visit = ({ source, isData }: Place, isPart: boolean): boolean => {
    if (source?.fn !== undefined && !isPart) found.add(source.fn)
    return !isData
  }
  follow(place, false, visit)
  if (withParts) follow(place, true, visit)
  return found
}

function applyCall(call: FlowCall, flow: Flow): boolean {
  let isNew = false
  follow(call.callee, false, ({ source }, isPart) => {
    const { fn, base } = source ?? {}
    if (fn !== undefined && !isPart && callFunction(call, fn)) isNew = true
    if (base !== undefined && callOther(call, base, flow)) isNew = true
  })
  for (const fn of call.applies === undefined ? [] : functionsOf(call.receiver, false)) {
    if (!call.linked.has(fn)) isNew = true
    applyFunction(call, fn)
  }
  if (call.callbacks === 'none' || !flow.hasFunctions) return isNew
  for (const argument of call.args) {
    for (const fn of functionsOf(argument, call.callbacks === 'anything' && call.kind !== 'known')) {
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
function applyUnknown(call: FlowCall, flow: Flow): boolean {
  if (call.isUnknown || call.kind === 'known') return false
  const { isGiven, captured } = originsOf(call.callee, false)
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
  for (let count = -1; count < flow.givenAway.size;) {
    count = flow.givenAway.size
    const stored = flow.stores.filter(({ to }) => isOutside(to)).map(({ value }) => value)
    collect([flow.value, flow.handedOut, flow.thrown, ...stored], flow.givenAway)
    for (const fn of flow.givenAway) fn.giveAway()
  }
}

/** Adds the functions of some places, of what these return, and so on. */
function collect(places: readonly Place[], into: Set<FlowFunction>): void {
  const queue = [...places]
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const fn of functionsOf(next, true)) {
      if (into.has(fn)) continue
      into.add(fn)
      queue.push(fn.returns, fn.self)
    }
  }
}

function isOutside(place: Place): boolean {
  const { selves, parts, isGiven, isGivenThis, captured } = originsOf(place, false)
  return isGiven || isGivenThis || selves.size > 0 || parts.size > 0 || captured.size > 0
}

/** What a place may be; with `isPart`, what any part of it may be. */
export function originsOf(start: Place, isPart: boolean): Origins {
  if (start === NOTHING) return NO_ORIGINS
  let selves: Map<string, Reference> | undefined
  let parts: Map<string, Reference> | undefined
  let captured: Set<string> | undefined
  let madeBy: Set<FlowFunction | 'outside'> | undefined
  let results: Set<FlowCall> | undefined
  let isGiven = false
  let isGivenThis = false
  let isInstance = false
  follow(start, isPart, (place, asPart) => {
    if (place.isGiven) isGiven = true
    if (place.isGivenThis) isGivenThis = true
    const { source } = place
    if (source === undefined) return
    const { base } = source
    if (base !== undefined) {
      const list = asPart ? (parts ??= new Map()) : (selves ??= new Map())
      list.set(typeof base === 'string' ? base : base.join('\n'), base)
    }
    if (source.isInstance === true && !asPart) isInstance = true
    if (source.captured !== undefined) (captured ??= new Set()).add(source.captured)
    if (source.madeBy !== undefined && !asPart) (madeBy ??= new Set()).add(source.madeBy)
    if (source.result !== undefined) (results ??= new Set()).add(source.result)
  })
  return {
    selves: selves ?? NO_ORIGINS.selves,
    parts: parts ?? NO_ORIGINS.parts,
    isGiven,
    isGivenThis,
    captured: captured ?? NO_ORIGINS.captured,
    isInstance,
    madeBy: madeBy ?? NO_ORIGINS.madeBy,
    results: results ?? NO_ORIGINS.results,
  }
}
