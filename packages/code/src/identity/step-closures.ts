import type { DeclaredPorts } from '@cairnml/core'

import { GIVEN_ELSEWHERE, type ClosureRefusal } from '../closure/step-closure.ts'
import type { MemoizedWalk } from '../memo/memoized-walk.ts'
import type { KnownClosure } from '../memo/static-closure.ts'
import type { CallPlace } from '../site/find-call.ts'

/** The closure of one declared input or output that is not built in. */
export interface PortClosure {
  /** `input:x` or `output:model`. */
  readonly port: string
  readonly known: KnownClosure
}

/** The closures of everything that a step is made of. */
export interface StepClosures {
  readonly function: KnownClosure
  readonly ports: readonly PortClosure[]
  readonly reasons: readonly ClosureRefusal[]
  /** Every file that they depend on, absolute. */
  readonly files: readonly string[]
}

/**
 * Walks from the function of a step and from the types of its ports.
 *
 * @throws RangeError if there is no call at the place
 */
export async function stepClosures(
  { call, ports }: { readonly call: CallPlace; readonly ports: DeclaredPorts },
  walk: MemoizedWalk,
): Promise<StepClosures> {
  const root = { file: call.file, at: call.offset }
  const own = await walk.closureOf({ ...root, what: 'function' })
  const portClosures: PortClosure[] = []
  for (const port of portNames(await walk.ownPorts(root), ports)) {
    portClosures.push({ port, known: await walk.closureOf({ ...root, what: port }) })
  }
  const all = [own, ...portClosures.map(({ known }) => known)]
  return {
    function: own,
    ports: portClosures,
    reasons: all.flatMap(({ closure }) => closure.reasons).filter((found) => !isElsewhere(found, own)),
    files: portClosures.length === 0 ? own.files : [...new Set(all.flatMap(({ files }) => files))],
  }
}

/** A function that is not given where the step is declared is not unknown: the live one says where it is. */
function isElsewhere({ reason }: ClosureRefusal, { closure }: KnownClosure): boolean {
  return closure.implementation === 'elsewhere' && reason === GIVEN_ELSEWHERE
}

/** The single ports behind `*`, `input:*` and `output:*`. */
export function portNames(own: readonly string[], { inputs, outputs }: DeclaredPorts): readonly string[] {
  const all = [
    ...Object.keys(inputs).map((name) => `input:${name}`),
    ...Object.keys(outputs).map((name) => `output:${name}`),
  ]
  const isOwn = (port: string): boolean =>
    own.includes(port) || own.includes('*') || own.includes(`${port.split(':', 1)[0] ?? ''}:*`)
  return all.filter(isOwn)
}
