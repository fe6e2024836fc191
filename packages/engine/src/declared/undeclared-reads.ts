import { cairnError, countedVariables, type CacheIndex, type GraphNode, type KnownCode } from '@cairnml/core'

import type { PlannedInvocation } from '../plan/plan.ts'
import { ignoredInVain } from './ignored-in-vain.ts'

/**
 * What is to be said of a step besides, as sentences without its name: what it reads from outside and does not declare,
 * and what it ignores without need.
 *
 * @throws CAIRN_UNDECLARED_READ if the step asks for it
 */
export function noticesOf(
  invocation: PlannedInvocation,
  node: GraphNode | undefined,
  code: KnownCode | undefined,
): readonly string[] {
  if (node === undefined || code === undefined) return NOTHING
  const ignored = ignoredInVain(invocation, node, code)
  const reads = undeclaredReads(invocation, code)
  return ignored.length === 0 ? reads : [...reads, ...ignored]
}

function undeclaredReads(invocation: PlannedInvocation, code: KnownCode): readonly string[] {
  const { options, declaresOutside, step } = invocation
  const { outsideReads, environment } = code
  if (outsideReads.length === 0 && environment.length === 0) return NOTHING
  const notices: string[] = []
  const [first, ...others] = outsideReads
  if (first !== undefined && !declaresOutside && options.undeclared !== 'off') {
    if (options.undeclared === 'error')
      throw cairnError('CAIRN_UNDECLARED_READ', { step, what: first.what, at: first.at })
    const more = others.length === 0 ? '' : `, and ${others.length} more`
    notices.push(
      `reads from outside (${first.what}, ${first.at}${more}) and declares nothing: reused until its code changes. ` +
        'Declare files, urls, key or expires, or cache: false.',
    )
  }
  for (const name of countedVariables(options, code).secretByName) {
    notices.push(`reads ${name}, which by its name is a secret: it does not count for caching. Declare it in secrets.`)
  }
  return notices
}

const NOTHING: readonly string[] = []
const said = new WeakMap<CacheIndex, Set<string>>()

/** Which of these notices this process has not yet said of a step with this code, to those who share the index. */
export function unsaidOf(notices: readonly string[], of: string, index: CacheIndex): readonly string[] {
  const before = said.get(index) ?? new Set()
  said.set(index, before)
  const unsaid = notices.filter((notice) => !before.has(`${of} ${notice}`))
  for (const notice of unsaid) before.add(`${of} ${notice}`)
  return unsaid
}
