import {
  cachePrefix,
  DEFAULT_ZONE,
  isCairnError,
  isPresent,
  missingObject,
  type OperationOptions,
  type ResultManifest,
} from '@cairnml/core'

import type { ChosenResults } from './chosen-results.ts'
import { indexNewest } from './index-newest.ts'
import type { ObjectCopier } from './object-copier.ts'
import type { PushSides } from './open-push.ts'
import type { PushTally } from './push-report.ts'
import { readManifest, type ReadManifest } from './read-manifest.ts'

/** What copying results needs. */
export interface PushContext extends OperationOptions {
  readonly sides: PushSides
  readonly copier: ObjectCopier
  readonly tally: PushTally
  readonly dryRun: boolean
  /** Runs that made what was copied: their reports follow. */
  readonly runs: Set<string>
  /** Whether digests of variables under the two indexes are the same. */
  readonly sharesSecret: () => Promise<boolean>
}

/**
 * Copies results that belong together, each in the order of writes: content, lists, log, manifest; then the index gets
 * the one that is reused here. A result of which something is missing or damaged is refused, and the others go on.
 */
export async function pushResults({ key, objects }: ChosenResults, context: PushContext): Promise<void> {
  const pushed: ResultManifest[] = []
  const lost: string[] = []
  const add = async (object: string): Promise<void> => {
    context.signal?.throwIfAborted()
    const manifest = await pushOne(object, context)
    if (manifest === 'lost') lost.push(object)
    else if (manifest !== undefined) pushed.push(manifest)
  }
  for (const object of objects) await add(object)
  if (key !== undefined && lost.length > 0)
    for (const object of await othersOf(key, objects, context)) await add(object)
  if (pushed.length === 0) for (const object of lost) await refuseLost(object, context)
  if (key !== undefined && pushed.length > 0) await indexNewest(key, pushed, context)
}

/**
 * The other results of a key in the store. Stacks that share an index and no store keep there which of them made a result
 * last; what a run reused has the same content in its own store, where it was made, too.
 */
async function othersOf(key: string, objects: readonly string[], { sides, signal }: PushContext): Promise<string[]> {
  const found: string[] = []
  for await (const { key: object } of sides.from.artifactStore.list(cachePrefix(DEFAULT_ZONE, key), { signal })) {
    if (object.endsWith('.json') && !objects.includes(object)) found.push(object)
  }
  return found
}

async function refuseLost(object: string, { sides, tally }: PushContext): Promise<void> {
  const { message } = await missingObject(sides.from.artifactStore, object)
  tally.refused.push({ object, problem: `CAIRN_ARTIFACT_MISSING: ${message}` })
}

/** @returns `undefined` for a result that is damaged, `lost` where there is none */
async function pushOne(object: string, context: PushContext): Promise<ResultManifest | 'lost' | undefined> {
  let manifest: ResultManifest | undefined
  try {
    const { from, to } = context.sides
    const there = await readManifest(to.artifactStore, object, context).catch(damagedManifest)
    const isThere = there !== undefined && there !== 'damaged'
    const found = isThere ? there : await readManifest(from.artifactStore, object, context)
    if (found === undefined) return 'lost'
    ;({ manifest } = found)
    await pushFound(object, { ...found, isThere, isNew: there === undefined }, context)
    return manifest
  } catch (error) {
    if (!isDamage(error)) throw error
    const by = manifest === undefined ? {} : { step: manifest.step, run: manifest.run.name }
    context.tally.refused.push({ object, ...by, problem: `${error.code}: ${error.message}` })
    return undefined
  }
}

async function pushFound(
  object: string,
  { manifest, bytes, isThere, isNew }: ReadManifest & { readonly isThere: boolean; readonly isNew: boolean },
  context: PushContext,
): Promise<void> {
  const { copier, tally, runs } = context
  runs.add(manifest.run.id)
  const outputs = Object.values(manifest.outputs)
  if (outputs.some(({ type }) => String(type).startsWith('reference@'))) tally.references += 1
  if (isThere && (await areAllPresent(manifest, context))) {
    tally.results.present += 1
    return
  }
  for (const ref of outputs) await copier.artifact(ref, isThere)
  if (manifest.log !== undefined) await pushLog(manifest.log.prefix, context)
  if (!isThere) await copier.bytes(object, bytes, isNew)
  tally.results.copied += 1
}

/** The parts of the log of an attempt, in no order: readers list them. */
export async function pushLog(prefix: string, { sides, copier, signal }: PushContext): Promise<void> {
  for await (const { key, size } of sides.from.artifactStore.list(prefix, { signal })) await copier.plain(key, size)
}

async function areAllPresent({ outputs }: ResultManifest, { sides, signal }: PushContext): Promise<boolean> {
  for (const ref of Object.values(outputs)) {
    if (!(await isPresent(sides.to.artifactStore, ref, { signal }))) return false
  }
  return true
}

/** Whether something in the store that is copied from is wrong, which the other results do not suffer from. */
export function isDamage(error: unknown): error is Error & { readonly code: string } {
  return isCairnError(error, 'CAIRN_ARTIFACT_CORRUPT') || isCairnError(error, 'CAIRN_ARTIFACT_MISSING')
}

/** A manifest over there that is damaged is replaced. */
function damagedManifest(error: unknown): 'damaged' {
  if (!isDamage(error)) throw error
  return 'damaged'
}
