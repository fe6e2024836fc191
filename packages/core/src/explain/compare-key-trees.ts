import type { KeyTree } from '../cache-policy/cache-policy.ts'
import { canonicalText } from '../encoding/canonical.ts'
import type { Json } from '../encoding/tagged-json.ts'
import { byCodeUnit } from '../encoding/plain-data.ts'
import { CHANGE_KINDS, type ChangeKind, type KeyChange } from './key-change.ts'
import { partChange, type PartPair } from './part-change.ts'

/** Kinds that stand for the code of a step, which `codeVersion` replaces as a whole. */
const CODE_KINDS: ReadonlySet<ChangeKind> = new Set(['code', 'port', 'captured', 'package'])

/** What differs between two keys of a step, the most telling first. Values of environment variables are not in it. */
export function compareKeyTrees(before: KeyTree, after: KeyTree): readonly KeyChange[] {
  const changes = withoutReplaced(differingParts(before, after).map(partChange))
  if (before.policy !== after.policy) {
    const values = { before: before.policy, after: after.policy }
    changes.push({ kind: 'policy', label: 'policy', name: '', way: 'changed', ...values })
  }
  const rank = ({ kind }: KeyChange): number => CHANGE_KINDS.indexOf(kind)
  return changes.toSorted((a, b) => rank(a) - rank(b) || byCodeUnit(a.label, b.label))
}

/** How many parts differ between two keys. */
export function distanceOf(before: KeyTree, after: KeyTree): number {
  return differingParts(before, after).length + (before.policy === after.policy ? 0 : 1)
}

function differingParts(before: KeyTree, after: KeyTree): readonly PartPair[] {
  const old = new Map(before.parts.map((part) => [part.label, part]))
  const pairs: PartPair[] = []
  for (const part of after.parts) {
    const known = old.get(part.label)
    old.delete(part.label)
    if (known === undefined || !isSame(known.value, part.value)) {
      pairs.push({ label: part.label, before: known, after: part })
    }
  }
  for (const part of old.values()) pairs.push({ label: part.label, before: part, after: undefined })
  return pairs
}

function isSame(a: Json, b: Json): boolean {
  return typeof a === 'object' && typeof b === 'object' ? canonicalText(a) === canonicalText(b) : Object.is(a, b)
}

/** A `codeVersion` that came or went says all that is to be said about the parts of the code that went or came. */
function withoutReplaced(changes: readonly KeyChange[]): KeyChange[] {
  const version = changes.find(({ label, way }) => label === 'codeVersion' && way !== 'changed')
  if (version === undefined) return [...changes]
  return changes.filter(
    (change) => change === version || !CODE_KINDS.has(change.kind) || change.way === version.way || isOutput(change),
  )
}

function isOutput({ label }: KeyChange): boolean {
  return label.startsWith('output:')
}
