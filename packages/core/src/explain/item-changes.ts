import type { CodePart } from '../code-identity/code-identity.ts'
import { byCodeUnit } from '../encoding/plain-data.ts'
import type { ItemChange } from './key-change.ts'

/** Which pieces differ between two lists of them, sorted by label. */
export function itemChanges(before: readonly CodePart[], after: readonly CodePart[]): readonly ItemChange[] {
  const [old, fresh] = [byLabel(before), byLabel(after)]
  const changes: ItemChange[] = []
  for (const [label, piece] of fresh) {
    const known = old.get(label)
    if (known === undefined) changes.push({ label, kind: piece.kind, way: 'added' })
    else if (known.identity !== piece.identity) changes.push({ label, kind: piece.kind, way: 'changed' })
  }
  for (const [label, { kind }] of old) if (!fresh.has(label)) changes.push({ label, kind, way: 'removed' })
  return changes.toSorted((a, b) => byCodeUnit(a.label, b.label))
}

interface Piece {
  readonly kind?: string | undefined
  /** Identities of all pieces of the label. */
  readonly identity: string
}

function byLabel(parts: readonly CodePart[]): ReadonlyMap<string, Piece> {
  const pieces = new Map<string, Piece>()
  for (const { label, identity, kind } of parts) {
    const known = pieces.get(label)
    pieces.set(label, known === undefined ? { kind, identity } : { kind, identity: `${known.identity} ${identity}` })
  }
  return pieces
}
