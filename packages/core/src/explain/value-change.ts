import { canonicalText } from '../encoding/canonical.ts'
import type { PlainData } from '../encoding/plain-data.ts'
import type { ChangeWay } from './key-change.ts'
import { valueText } from './value-text.ts'

/** The smallest place in a value that holds all that differs. */
export interface ValueChange {
  /** Names on the way, joined by dots; empty for the whole value. */
  readonly path: string
  readonly way: ChangeWay
  readonly before?: string | undefined
  readonly after?: string | undefined
}

/** What differs between two values, as short texts. */
export function valueChange(before: PlainData | undefined, after: PlainData | undefined, path = ''): ValueChange {
  if (before === undefined || after === undefined) {
    if (after !== undefined) return { path, way: 'added', after: valueText(after) }
    return { path, way: 'removed', before: before === undefined ? undefined : valueText(before) }
  }
  const [name, another] = differingNames(before, after)
  if (name === undefined || another !== undefined) {
    return { path, way: 'changed', before: valueText(before), after: valueText(after) }
  }
  return valueChange(itemOf(before, name), itemOf(after, name), path === '' ? name : `${path}.${name}`)
}

/** Names of the properties or items that differ; none where the values cannot be taken apart alike. */
function differingNames(before: PlainData, after: PlainData): readonly string[] {
  if (!isContainer(before) || !isContainer(after) || Array.isArray(before) !== Array.isArray(after)) return []
  if (Array.isArray(before) && Array.isArray(after) && before.length !== after.length) return []
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].filter((name) => !isSame(itemOf(before, name), itemOf(after, name)))
}

function itemOf(container: PlainData, name: string): PlainData | undefined {
  if (!isContainer(container) || !Object.hasOwn(container, name)) return undefined
  // Sound: properties and items of plain data are plain data.
  return (container as { readonly [name: string]: PlainData | undefined })[name]
}

function isContainer(value: PlainData): value is readonly PlainData[] | { readonly [name: string]: PlainData } {
  return typeof value === 'object' && value !== null && !(value instanceof Date) && !(value instanceof Uint8Array)
}

function isSame(a: PlainData | undefined, b: PlainData | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  return canonicalText(a) === canonicalText(b)
}
