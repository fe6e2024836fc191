import type { Node } from 'oxc-parser'

import type { Flow, FlowChange, Origins } from '../flow/flow.ts'
import type { FlowFunction } from '../flow/flow-function.ts'
import type { FlowCall } from '../flow/flow-call.ts'
import { NOTHING, oneOf, partOf, type Place } from '../flow/place.ts'
import { ELEMENT_METHODS, SELF_METHODS } from '../lists/flow-methods-data.ts'
import { CHANGING_STATICS, MUTATORS } from '../lists/mutators-data.ts'
import type { Reference } from '../flow/reference.ts'
import { noteHiddenState } from './member-notes.ts'
import type { Walker } from './walker.ts'

const NO_REFERENCES: readonly Reference[] = []
const HOLDERS = /^(?:Array|Object|Class)Expression$|^ClassDeclaration$/

/** Notes in the facts of a piece what follows from all of its values together. */
export function noteFlow(flow: Flow, walker: Walker): void {
  flow.solve()
  const mayChangeByValue = flow.hasReference((one) => isChangingStatic(one) || isPrototypeOf(one, flow))
  if (mayChangeByValue) for (const call of flow.calls) noteChangingCall(call, flow)
  for (const change of flow.changes) noteOneChange(change, flow, walker)
  noteCalls(flow, walker)
  noteValue(flow, walker)
  for (const place of flow.executed) {
    for (const reference of references(flow.originsOf(place, false))) walker.facts.list('executes', reference)
  }
}

/** Functions that change what they are given, where they are not called by their own name. */
function noteChangingCall(call: FlowCall, flow: Flow): void {
  if (call.args.length === 0) return
  const { selves, parts } = flow.originsOf(call.callee, false)
  const [first] = call.args
  const isStatic = [...selves.values()].some((one) => isChangingStatic(one))
  const isPrototype = [...parts.values()].some((one) => isPrototypeOf(one, flow))
  const hasMethod = call.args.some((argument) =>
    [...flow.originsOf(argument, false).parts.values()].some((one) => isPrototypeOf(one, flow)),
  )
  const changed = isPrototype || hasMethod ? call.args : isStatic && first !== undefined ? [first] : []
  for (const place of changed) if (call.change !== undefined) flow.changes.push({ ...call.change, place })
}

function isChangingStatic(reference: Reference): boolean {
  if (typeof reference === 'string' || reference[0] !== 'member') return false
  return Object.hasOwn(CHANGING_STATICS, reference[1]) && CHANGING_STATICS[reference[1]]?.has(reference[2]) === true
}

/** A method of a prototype of the language, as a value: `Array.prototype.push`. */
function isPrototypeOf(reference: Reference, flow: Flow): boolean {
  if (typeof reference === 'string' || reference[0] !== 'member') return false
  return reference[2] === 'prototype' && !flow.isDeclared(reference[1])
}

function noteOneChange(change: FlowChange, flow: Flow, walker: Walker): void {
  const { facts } = walker
  const { place, isMemo, isRegistering } = change
  if (place === undefined) {
    if (!isMemo && isHidden(change.declaredIn, change.fn, flow)) noteHiddenState(facts, change.member, change.fn)
    return
  }
  const origins = flow.originsOf(place, false)
  noteChanged(origins, change, walker)
  for (const result of origins.results) result.changesResult = true
  if (origins.isGiven) facts.flags.changesArgument = true
  if (isRegistering) return
  if (origins.isGiven) facts.flags.changesParameter = true
  if (origins.isGivenThis) facts.flags.changesThis = true
  if (isMemo) return
  for (const name of origins.captured) walker.refuse(`it changes ${name}, which it captures`, change.offset)
  const isInMethod = change.isInMethod || (change.isInMaker && isInKeptArrow(change.fn, flow))
  if (change.declaredIn !== undefined && isHidden(change.declaredIn, change.fn, flow))
    noteHiddenState(facts, change.member, change.fn)
  if (origins.isInstance && isInMethod) noteHiddenState(facts, change.member, change.fn)
  for (const maker of origins.madeBy) {
    if (isHidden(maker === 'outside' ? undefined : maker, change.fn, flow))
      noteHiddenState(facts, change.member, change.fn)
  }
}

function noteChanged(origins: Origins, change: FlowChange, { facts }: Walker): void {
  for (const [list, isPart] of [
    [origins.selves, false],
    [origins.parts, true],
  ] as const) {
    for (const reference of list.values()) {
      facts.list('memberWrites', reference)
      if (isPart) facts.list('partWrites', reference)
      if (change.isAtLoad) facts.flags.changesAtLoad = true
      else if (change.environmentName !== undefined) {
        if (!change.isMemo) facts.add('environmentWrites', change.environmentName)
      } else if (change.isMemo) facts.list('fills', reference)
      else if (!change.isRegistering) facts.list('unguarded', reference)
    }
  }
}

/** A function that is a member of an instance, or that somebody else keeps, runs when the instance is long made. */
function isInKeptArrow(changer: FlowFunction | undefined, flow: Flow): boolean {
  for (let fn = changer; fn?.isArrow === true; fn = fn.parent) if (flow.kept.has(fn)) return true
  return false
}

/**
 * Whether something of one function is changed by a function in it that lives on; what is made with an instance, by any
 * other function than those that make it.
 */
function isHidden(owner: FlowFunction | undefined, changer: FlowFunction | undefined, flow: Flow): boolean {
  let isKept = false
  for (let fn = changer; fn !== owner; fn = fn.parent) {
    if (fn === undefined) return isKept && owner?.isClass === true
    isKept ||= flow.kept.has(fn)
  }
  return isKept
}

function noteCalls(flow: Flow, walker: Walker): void {
  for (const { call, root, path, inFunction, hasCall } of flow.named) {
    const given = call === undefined ? undefined : argumentsOf(call, flow)
    const member = call?.change?.member
    if (
      call !== undefined &&
      member !== undefined &&
      given !== undefined &&
      handsInstanceOn({ call, root, path }, given, flow)
    ) {
      const isOwn = call.isNew && path.length === 0 && walker.ownNames.has(root)
      member.uses.add(isOwn ? 'constructor' : '*')
    }
    const passes = given === undefined ? [] : references(given)
    const isNamed = !hasCall && !/^(?:[%#]|this)?$/.test(root)
    const callees =
      call === undefined || isNamed ? [] : references(calleesOf(call, flow)).filter((one) => isDeclared(one, flow))
    walker.facts.call({
      root,
      path,
      inFunction,
      ...(passes.length > 0 && { passes }),
      ...(given?.isGiven === true && { passesArgument: true }),
      ...(call?.changesResult === true && { changesResult: true }),
      ...(callees.length > 0 && { callees }),
      ...(call !== undefined && isKnown(call) && { isKnown: true }),
    })
  }
}

/** Whether other code of the project may get an instance, or what one holds, and call any member of that. */
function handsInstanceOn(
  { call, root, path }: { readonly call: FlowCall; readonly root: string; readonly path: readonly string[] },
  { isGiven, isGivenThis, isInstance, isOfInstance }: Origins,
  flow: Flow,
): boolean {
  // It may call a function that it is given with parts of what it is called on.
  if (call.kind === 'known') {
    const direct = flow.originsOf(oneOf(...call.args), false)
    return call.callbacks !== 'none' && (direct.isGiven || direct.selves.size > 0)
  }
  if (!(isGiven || isGivenThis || isInstance || isOfInstance)) return false
  if (!/^(?:[%#]|this)?$/.test(root) && !flow.isDeclared(root)) return false
  const method = path.at(-1) ?? ''
  return call.kind !== 'method' || !(MUTATORS.has(method) || ELEMENT_METHODS.has(method) || SELF_METHODS.has(method))
}

/** Whether all that it may call is known: functions of the piece, or names. */
function isKnown({ linked, called, isUnknown, kind }: FlowCall): boolean {
  return kind === 'function' && linked.size + called.size > 0 && !isUnknown
}

function argumentsOf({ args }: FlowCall, flow: Flow): Origins | undefined {
  if (args.every((one) => one === NOTHING)) return undefined
  const all = oneOf(...args)
  return flow.originsOf(oneOf(all, partOf(all)), false)
}

function calleesOf({ callee, receiver }: FlowCall, flow: Flow): Origins {
  return flow.originsOf(oneOf(callee, receiver, partOf(receiver)), false)
}

function references({ selves, parts }: Origins): readonly Reference[] {
  if (parts.size === 0) return selves.size === 0 ? NO_REFERENCES : [...selves.values()]
  return [...new Map([...selves, ...parts]).values()]
}

function isDeclared(reference: Reference, flow: Flow): boolean {
  return typeof reference !== 'string'
    ? reference[0] !== 'member' || flow.isDeclared(reference[1])
    : flow.isDeclared(reference)
}

/** What the piece is, holds and gives back, and what it puts into other things. */
function noteValue(flow: Flow, { facts, valueFunction }: Walker): void {
  const value = flow.originsOf(flow.value, false)
  for (const one of references(value)) facts.list('values', one)
  if (references(value).some((one) => isChangingStatic(one))) {
    Object.assign(facts.flags, { changesArgument: true, changesParameter: true })
  }
  for (const one of references(flow.originsOf(flow.value, true))) facts.list('holds', one)
  const returned: Place[] = [flow.handedOut, flow.thrown]
  for (const fn of flow.givenAway) returned.push(fn.returns, ...(fn.isStatic ? [] : [partOf(fn.self)]))
  const all = oneOf(...returned)
  for (const one of references(flow.originsOf(oneOf(all, partOf(all)), false))) facts.list('returns', one)
  if (flow.hasIterators && isIterator(flow, valueFunction)) facts.flags.isIterator = true
  const direct = oneOf(flow.handedOut, ...Array.from(flow.givenAway, ({ returns }) => returns))
  if (flow.originsOf(oneOf(direct, partOf(direct)), false).isGiven) facts.flags.returnsArgument = true
  for (const { to, value: stored } of flow.stores) noteStore(to, stored, { flow, facts })
}

/** Whether the value is an iterator, a literal or class that holds one, or a function that gives one. */
function isIterator(flow: Flow, value: Node | undefined): boolean {
  if (flow.originsOf(flow.value, false).isIterator) return true
  if (HOLDERS.test(value?.type ?? '') && flow.originsOf(flow.value, true).isIterator) return true
  return Array.from(flow.value.from?.items ?? []).some(({ source }) => {
    return source?.fn?.isClass === false && flow.originsOf(source.fn.returns, false).isIterator
  })
}

function noteStore(
  to: Place,
  stored: Place,
  { flow, facts }: { readonly flow: Flow; readonly facts: Walker['facts'] },
): void {
  const into = flow.originsOf(to, false)
  const places = references(into)
  if (places.length === 0 && !into.isGiven && into.captured.size === 0) return
  for (const value of references(flow.originsOf(oneOf(stored, partOf(stored)), false))) {
    facts.store(undefined, value)
    for (const place of places) facts.store(place, value)
  }
}
