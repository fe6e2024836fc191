import {
  APPLYING_GLOBALS,
  PASSING_GLOBALS,
  PROTOTYPE_GLOBALS,
  READING_GLOBALS,
  SCALAR_GLOBALS,
} from '../lists/flow-methods-data.ts'
import { calleePath } from './callee-path.ts'
import type { Walker } from './walker.ts'
import type { FlowCall } from '../flow/flow-call.ts'
import type { AnyCall } from './flow-of-calls.ts'
import { fresh, prototypes } from './members.ts'
import { hold, link, partOf } from '../flow/place.ts'

const VIEW = /^(?:[A-Z]\w+Array|DataView)$/

/** Notes what a function of a global gives back. */
export function addResultOfGlobal(
  { result, args, receiver }: FlowCall,
  { global, node, walker }: { readonly global: string; readonly node: AnyCall; readonly walker: Walker },
): void {
  const [root = '', member = ''] = global.split('.')
  if (isScalarGlobal(global)) return
  if (PROTOTYPE_GLOBALS.has(global)) {
    for (const one of [prototypes(walker), partOf(...args)]) link(one, result)
    return
  }
  if (PASSING_GLOBALS.has(global) || APPLYING_GLOBALS.has(global)) for (const one of args) link(one, result)
  if (global === 'Object.assign' && args[0] !== undefined) {
    for (const one of args.slice(1)) walker.flow.store(args[0], partOf(one))
  }
  const isView = VIEW.test(root) && (args.length > 1 || isBuffer(node))
  if (isView && args[0] !== undefined) link(args[0], result)
  if (member === 'prototype') for (const one of [receiver, ...args, partOf(...args)]) link(one, result)
  const made = fresh(walker)
  const isRead = READING_GLOBALS.has(global)
  for (const one of args) for (const held of isRead ? [partOf(one)] : [one, partOf(one)]) hold(held, made)
  link(made, result)
}

/** Whether a function of a global gives only what holds nothing that was there before. */
export function isScalarGlobal(global: string): boolean {
  const [root = ''] = global.split('.', 1)
  return SCALAR_GLOBALS.has(global) || SCALAR_GLOBALS.has(root)
}

/** A view of a buffer changes the buffer; an array that is made of a list is a copy. */
function isBuffer(node: AnyCall): boolean {
  const [first] = node.type === 'TaggedTemplateExpression' ? [] : node.arguments
  if (first === undefined) return false
  const { root, path } = calleePath(first)
  return /buf/i.test(path.at(-1) ?? root)
}
