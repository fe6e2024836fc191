import { hash } from 'node:crypto'

import type { ClosureEffects } from '../effects/closure-effects.ts'
import type { ClosureWalk } from '../reach/closure-walk.ts'
import type { LinkedCode } from '../reach/linked-code.ts'
import type { StepClosure } from './step-closure.ts'

/** The digest of a closure: its structure, and the token hashes of the root and of each node. */
export function closureDigest(
  structure: string,
  tokens: Pick<StepClosure, 'rootTokens'> & { readonly nodes: readonly { readonly tokens: string }[] },
): string {
  const texts = [structure, tokens.rootTokens, ...tokens.nodes.map((node) => node.tokens)]
  return hash('sha256', texts.map((text) => `${text.length}:${text}`).join(''))
}

/** What runs at load, in order. */
type EvaluationOrder = Pick<ClosureEffects, 'effects' | 'computed'>

/** A hash of everything in a closure that is not the text of a node: what leads to what, under which names. */
export function closureStructure(walk: ClosureWalk, { effects, computed }: EvaluationOrder): string {
  const shapes = walk.linked.map(({ shape }) => `${shape.length}:${shape}`).join('')
  const packages = walk.packages.map(({ name, specifiers }) => [name, specifiers])
  const numbers = Int32Array.from([...effects, -2, ...computed, -2, ...packageNumbers(walk), -2, ...walk.structure])
  return hash('sha256', Buffer.concat([Buffer.from(`${JSON.stringify(packages)}\n${shapes}\n`), bytesOf(numbers)]))
}

/** Which of the reached packages each use means; their versions are no part of the code. */
function packageNumbers(walk: ClosureWalk): readonly number[] {
  const names = [...new Set(walk.packages.map(({ name, version }) => `${name}@${version}`))]
  const numberIn = ({ packages }: LinkedCode): readonly number[] =>
    packages.map(({ manifest }) => names.indexOf(`${manifest.name}@${manifest.version ?? ''}`))
  return walk.linked.flatMap(numberIn)
}

function bytesOf(numbers: Int32Array): Uint8Array {
  return new Uint8Array(numbers.buffer)
}
