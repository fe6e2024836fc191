import type { KeyPart } from '../cache-policy/cache-policy.ts'
import type { Json } from '../encoding/tagged-json.ts'
import { byCodeUnit } from '../encoding/plain-data.ts'
import type { ItemChange, KeyChange } from './key-change.ts'

type Fields = Pick<KeyChange, 'before' | 'after' | 'items'>

/** What differs in a package: its versions, else which packages below it. */
export function packageChange(name: string, before: KeyPart | undefined, after: KeyPart | undefined): Fields {
  const [old, fresh] = [versionsIn(before), versionsIn(after)]
  const versions = { before: old.get(name), after: fresh.get(name) }
  if (before === undefined || after === undefined || versions.before !== versions.after) return versions
  const names = [...new Set([...old.keys(), ...fresh.keys()])].toSorted(byCodeUnit)
  const items = names.flatMap((below) => belowChange(below, old.get(below), fresh.get(below)))
  return { ...versions, items }
}

function belowChange(label: string, before: string | undefined, after: string | undefined): readonly ItemChange[] {
  if (before === after) return []
  const way = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed'
  return [{ label, kind: 'package', way, before, after }]
}

/** Versions by name: of the package itself and of those below it, as far as the part tells. */
function versionsIn(part: KeyPart | undefined): ReadonlyMap<string, string> {
  const found = new Map<string, Set<string>>()
  const add = (text: string): void => {
    const at = text.lastIndexOf('@')
    if (at <= 0) return
    const name = text.slice(0, at)
    found.set(name, (found.get(name) ?? new Set()).add(text.slice(at + 1)))
  }
  for (const { label } of part?.detail ?? []) add(label)
  if (part !== undefined) addVersions(part.value, part.label.slice(part.label.indexOf(':') + 1), add)
  return new Map([...found].map(([name, versions]) => [name, [...versions].toSorted(byCodeUnit).join(', ')]))
}

function addVersions(value: Json, name: string, add: (text: string) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) addVersions(item, name, add)
  } else if (typeof value === 'object' && value !== null) {
    // Sound: what is neither null nor an array is an object in JSON.
    const { version, below } = value as { readonly [field: string]: Json }
    if (typeof version === 'string') add(`${name}@${version}`)
    if (Array.isArray(below)) for (const item of below) if (typeof item === 'string') add(item)
  } else if (typeof value === 'string' && /^\d+\.\d+\.\d+/.test(value)) {
    add(`${name}@${value}`)
  }
}
