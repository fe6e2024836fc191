import {
  artifactChange,
  cachePrefix,
  DEFAULT_ZONE,
  isPresent,
  mayChange,
  readWhole,
  type CacheEntry,
  type PortMap,
  type StepForCaching,
} from '@cairnml/core'
import os from 'node:os'

import { POLICY_CONTEXT } from './describe-step.ts'
import type { Components } from '../execute/run-context.ts'

/** What is known under a key. */
export interface Found {
  /** The newest entry that may be used. */
  readonly entry?: CacheEntry | undefined
  /** Whether the index does not have that entry. */
  readonly isUnindexed?: boolean | undefined
  /** Id of the newest entry in the index, usable or not. */
  readonly newest?: string | undefined
  /** Why the newest of the entries that are there cannot be used; absent where there is a usable one, or none at all. */
  readonly unusable?: UnusableEntry | undefined
}

/** What is looked up. */
export interface Wanted {
  readonly key: string
  readonly step: StepForCaching
  /** Declared outputs: of what refers to data elsewhere, these are looked at again. */
  readonly outputs: PortMap
}

/** An entry that cannot be used, and why. */
export type UnusableEntry = { readonly entry: CacheEntry } & (
  | { readonly kind: 'output-gone'; readonly outputs: readonly string[] }
  | { readonly kind: 'refused'; readonly reason: string }
)

const VERIFIED = { verify: true }

/**
 * Looks a key up and writes nothing: in the index, else in the artifact store itself, where a result lies whose process
 * died before it was indexed. Of several entries the newest counts whose outputs are all there, that the policy
 * accepts, and whose references point to what they did.
 *
 * @throws CAIRN_REFERENCE_UNREACHABLE
 */
export async function lookUp(wanted: Wanted, components: Components): Promise<Found> {
  const { key } = wanted
  const indexed = await components.cacheIndex.get(key)
  const newest = indexed[0]?.id
  const { entry, unusable } = await firstUsable(indexed, wanted, components)
  if (entry !== undefined) return { entry, newest }
  const known = new Set(indexed.map(({ id }) => id))
  const others = (await entriesInStore(key, components)).filter(({ id }) => !known.has(id))
  const found = await firstUsable(others, wanted, components)
  if (found.entry !== undefined) return { entry: found.entry, isUnindexed: true, newest }
  return { newest, unusable: unusable ?? found.unusable }
}

async function firstUsable(
  entries: readonly CacheEntry[],
  wanted: Wanted,
  components: Components,
): Promise<Pick<Found, 'entry' | 'unusable'>> {
  let unusable: UnusableEntry | undefined
  for (const entry of entries) {
    const problem = await problemOf(entry, wanted, components)
    if (problem === undefined) return { entry }
    unusable ??= problem
  }
  return { unusable }
}

async function problemOf(
  entry: CacheEntry,
  wanted: Wanted,
  components: Components,
): Promise<UnusableEntry | undefined> {
  let outputs: string[] | undefined
  const { artifactStore, cachePolicy } = components
  const how = cachePolicy.verify === true ? VERIFIED : undefined
  for (const [name, ref] of Object.entries(entry.outputs)) {
    if (!(await isPresent(artifactStore, ref, how))) (outputs ??= []).push(name)
  }
  if (outputs !== undefined) return { kind: 'output-gone', entry, outputs }
  const judge = cachePolicy.accept === undefined ? POLICY_CONTEXT.next : cachePolicy
  const verdict = await judge.accept?.(entry, wanted.step, POLICY_CONTEXT)
  if (verdict !== undefined && !verdict.accepted) return { kind: 'refused', entry, reason: verdict.reason }
  if (!Object.values(wanted.outputs).some(mayChange)) return undefined
  const reason = await referenceChange(entry, wanted, components)
  return reason === undefined ? undefined : { kind: 'refused', entry, reason }
}

/** Which output of an entry refers to what is no longer as it was, as a clause. */
async function referenceChange(
  entry: CacheEntry,
  { step, outputs }: Wanted,
  components: Components,
): Promise<string | undefined> {
  for (const [name, ref] of Object.entries(entry.outputs)) {
    const port = outputs[name]
    if (port === undefined || !mayChange(port)) continue
    const change = await artifactChange(port, ref, {
      store: components.artifactStore,
      workDir: os.tmpdir(),
      where: `The output "${name}" of step "${step.step}"`,
      outside: components.outside.references(),
    })
    if (change !== undefined) return change
  }
  return undefined
}

async function entriesInStore(key: string, components: Components): Promise<readonly CacheEntry[]> {
  const entries: CacheEntry[] = []
  for await (const { key: object } of components.artifactStore.list(cachePrefix(DEFAULT_ZONE, key))) {
    const bytes = await readWhole(components.artifactStore, object)
    const entry = bytes === undefined ? undefined : parseEntry(bytes, key)
    if (entry !== undefined) entries.push(entry)
  }
  // Ids sort by time.
  return entries.toSorted((a, b) => (a.id < b.id ? 1 : -1))
}

/** An entry from its bytes, or `undefined` for what is no entry of this key: it is then as if it were not there. */
function parseEntry(bytes: Uint8Array, key: string): CacheEntry | undefined {
  try {
    const entry = JSON.parse(Buffer.from(bytes).toString('utf8')) as Partial<CacheEntry> | null
    if (entry === null) return undefined
    const isEntry =
      entry.format === 1 && entry.key === key && entry.status === 'completed' && entry.outputs !== undefined
    return isEntry ? (entry as CacheEntry) : undefined
  } catch {
    return undefined
  }
}
