import type { Node } from 'oxc-parser'

import { PROTOTYPES } from '../lists/flow-methods-data.ts'
import type { Walker } from './walker.ts'
import { memberIn, NOTHING, oneOf, partOf, Place } from '../flow/place.ts'

/** Members that are numbers or texts on every value of the language. */
const WITHOUT_PARTS = new Set(['length', 'size', 'byteLength'])

/** A value that is made here. */
export function fresh(walker: Walker): Place {
  return new Place({ madeBy: walker.currentFunction ?? 'outside' })
}

/** A list or object that is made here, of which all is known that it holds itself. */
export function freshExact(walker: Walker): Place {
  return new Place({ madeBy: walker.currentFunction ?? 'outside', isExact: true })
}

/** A spread gives parts of what is spread. */
export function flowOfElement(node: Node, walker: Walker): Place {
  return node.type === 'SpreadElement' ? partOf(walker.flowOf(node.argument)) : walker.flowOf(node)
}

/** A member of a namespace or of a global is known by its name. */
export function exactMember(name: string, key: string, walker: Walker): Place | undefined {
  if (walker.locals.has(name)) return undefined
  const isExact = walker.module.imports[name]?.name === '*' || !walker.module.declares(name)
  return isExact ? walker.flow.base(['member', name, key]) : undefined
}

/** What a member of something may be. */
export function memberOf(object: Place, key: string | undefined, walker: Walker): Place {
  if (key !== undefined && WITHOUT_PARTS.has(key)) return NOTHING
  if (key === '__proto__' || key === 'constructor') return oneOf(partOf(object), prototypes(walker))
  const base = key === undefined ? undefined : object.source?.base
  if (typeof base === 'string' && !walker.module.declares(base)) return walker.flow.base(['member', base, key ?? '*'])
  return memberIn(object)
}

/** What literals lead to without being told. */
export function prototypes(walker: Walker): Place {
  return oneOf(...PROTOTYPES.map((name) => walker.flow.base(name)))
}
