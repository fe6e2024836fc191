import type { KeyPart } from '../cache-policy/cache-policy.ts'
import { fromTaggedJson, type Json } from '../encoding/tagged-json.ts'
import type { PlainData } from '../encoding/plain-data.ts'
import { itemChanges } from './item-changes.ts'
import type { ChangeKind, KeyChange } from './key-change.ts'
import { packageChange } from './package-change.ts'
import { valueChange } from './value-change.ts'
import { valueText } from './value-text.ts'

/** The parts of two keys with one label; one of them may be missing. */
export interface PartPair {
  readonly label: string
  readonly before: KeyPart | undefined
  readonly after: KeyPart | undefined
}

const KIND_OF_PREFIX: Readonly<Record<string, ChangeKind>> = {
  param: 'parameter',
  input: 'input',
  code: 'code',
  codeVersion: 'code',
  port: 'port',
  output: 'port',
  captured: 'captured',
  package: 'package',
  env: 'environment',
  files: 'files',
  url: 'url',
  key: 'key',
  platform: 'platform',
}

/** What differs in one part of two keys. */
export function partChange({ label, before, after }: PartPair): KeyChange {
  const colon = label.indexOf(':')
  const prefix = colon === -1 ? label : label.slice(0, colon)
  const kind = (Object.hasOwn(KIND_OF_PREFIX, prefix) ? KIND_OF_PREFIX[prefix] : undefined) ?? 'other'
  const name = colon === -1 ? '' : label.slice(colon + 1)
  const way = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed'
  const base = { kind, label, name, way } as const
  switch (kind) {
    case 'parameter': {
      const { path, ...change } = valueChange(dataOf(before), dataOf(after))
      return { ...base, ...change, name: path === '' ? name : `${name}.${path}` }
    }
    case 'input':
      return { ...base, ...inputChange(before?.value, after?.value) }
    case 'package':
      return { ...base, ...packageChange(name, before, after) }
    case 'platform':
      return { ...base, ...platformChange(before, after) }
    case 'captured':
      return { ...base, before: shownValue(before), after: shownValue(after) }
    case 'port':
    case 'code':
      return { ...base, ...declaredText(label, before, after), items: itemsOf(before, after) }
    case 'files':
      return { ...base, items: itemsOf(before, after) }
    case 'other':
      return { ...base, before: shortHash(before), after: shortHash(after), items: itemsOf(before, after) }
    default:
      return base
  }
}

/** Digests of an input by their first digits; the types where only they differ. */
function inputChange(before: Json | undefined, after: Json | undefined): Pick<KeyChange, 'before' | 'after' | 'way'> {
  const [old, fresh] = [inputOf(before), inputOf(after)]
  if (old.digest === fresh.digest) return { way: 'changed', before: old.type, after: fresh.type }
  const way = old.digest === undefined ? 'added' : fresh.digest === undefined ? 'removed' : 'changed'
  return { way, before: old.digest?.slice(0, 8), after: fresh.digest?.slice(0, 8) }
}

function inputOf(value: Json | undefined): { readonly digest?: string; readonly type?: string } {
  if (typeof value === 'string') return { digest: value }
  if (typeof value !== 'object' || value === null) return {}
  // Sound: what is neither null nor text is an object or a list, which has no such fields.
  const { digest, type } = value as { readonly [field: string]: Json }
  return {
    ...(typeof digest === 'string' ? { digest } : {}),
    ...(typeof type === 'string' ? { type } : {}),
  }
}

/** The types of an output and the version that stands for the code; digests say nothing to a person. */
function declaredText(label: string, before?: KeyPart, after?: KeyPart): Pick<KeyChange, 'before' | 'after'> {
  if (label !== 'codeVersion' && !label.startsWith('output:')) return {}
  return { before: unquotedText(before), after: unquotedText(after) }
}

/** `linux-x64-137` by its parts: operating system, processor, binary interface of Node. */
const PLATFORM = /^(?<os>[^-]+)-(?<arch>[^-]+)-(?<abi>\d+)$/

function platformChange(before?: KeyPart, after?: KeyPart): Pick<KeyChange, 'name' | 'before' | 'after'> {
  const narrow = valueChange(platformOf(before), platformOf(after))
  const { path, ...change } = narrow.path === '' ? valueChange(dataOf(before), dataOf(after)) : narrow
  return { name: path, before: unquoted(change.before), after: unquoted(change.after) }
}

function platformOf(part: KeyPart | undefined): PlainData | undefined {
  const value = dataOf(part)
  const parts = typeof value === 'string' ? PLATFORM.exec(value)?.groups : undefined
  return parts === undefined ? value : { ...parts }
}

const HASH = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/

/** The first digits of a commit, a tree or another hash; what else a policy counts may be no person's business. */
function shortHash(part: KeyPart | undefined): string | undefined {
  const value = part?.value
  return typeof value === 'string' && HASH.test(value) ? value.slice(0, 8) : undefined
}

/** The value of a captured variable where the part shows it: numbers, booleans, null. */
function shownValue(part: KeyPart | undefined): string | undefined {
  return part?.detail?.find(({ kind }) => kind === 'value')?.label
}

function itemsOf(before: KeyPart | undefined, after: KeyPart | undefined): KeyChange['items'] {
  if (before?.detail === undefined || after?.detail === undefined) return undefined
  return itemChanges(before.detail, after.detail)
}

/** A value, and its tagged JSON as it stands where it is of an unknown form. */
function dataOf(part: KeyPart | undefined): PlainData | undefined {
  if (part === undefined) return undefined
  try {
    return fromTaggedJson(part.value)
  } catch {
    return part.value
  }
}

function unquotedText(part: KeyPart | undefined): string | undefined {
  const value = dataOf(part)
  return value === undefined ? undefined : unquoted(valueText(value))
}

function unquoted(text: string | undefined): string | undefined {
  return text?.replace(/^"(.*)"$/, '$1')
}
