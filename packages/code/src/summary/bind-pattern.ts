import type { Node } from 'oxc-parser'

import { LIST_MUTATORS } from '../lists/mutators-data.ts'
import { keyText } from './syntax.ts'
import type { Walker } from './walker.ts'
import { fresh, memberOf } from './members.ts'
import { hold, link, oneOf, partOf, type Place } from '../flow/place.ts'

/** What the names of a pattern get. `assign` is told what does not declare a name. */
export function bindPattern(
  pattern: Node,
  value: Place,
  { walker, assign }: { readonly walker: Walker; readonly assign?: ((target: Node, value: Place) => void) | undefined },
): void {
  switch (pattern.type) {
    case 'Identifier': {
      const local = walker.localPlace(pattern.name)
      if (local !== undefined) link(value, local)
      else if (assign === undefined && walker.ownNames.has(pattern.name)) link(value, walker.flow.value)
      assign?.(pattern, value)
      return
    }
    case 'ObjectPattern':
      for (const part of pattern.properties) {
        if (part.type === 'RestElement') {
          bindPattern(part, partOf(value), { walker, assign })
          continue
        }
        const key = keyText(part.key, part.computed)
        // A method that is taken out changes what it is called for.
        if (key !== undefined && LIST_MUTATORS.has(key)) walker.noteChange(value, { offset: part.start })
        bindPattern(part.value, memberOf(value, key, walker), { walker, assign })
      }
      return
    case 'ArrayPattern':
      for (const part of pattern.elements) if (part !== null) bindPattern(part, partOf(value), { walker, assign })
      return
    case 'RestElement':
      return bindPattern(pattern.argument, holding(value, walker), { walker, assign })
    case 'AssignmentPattern':
      return bindPattern(pattern.left, oneOf(value, walker.flowOf(pattern.right)), { walker, assign })
    case 'TSParameterProperty':
      return bindPattern(pattern.parameter, value, { walker, assign })
    default:
      assign?.(pattern, value)
  }
}

/** A new list or object with what is left. */
function holding(value: Place, walker: Walker): Place {
  const rest = fresh(walker)
  hold(value, rest)
  return rest
}
