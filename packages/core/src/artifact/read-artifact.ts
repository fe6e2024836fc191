import type { ArtifactStore } from '../artifact-store/artifact-store.ts'
import { cairnError, isCairnError } from '../errors/cairn-error.ts'
import { isList, portTypeName, requiredPort, type ArtifactType, type Port } from '../materializer/port.ts'
import { materializerOf } from '../materializer/schema-materializer.ts'
import type { OutsideState } from '../outside/outside-state.ts'
import type { ArtifactFile, ArtifactRef } from './artifact-ref.ts'
import { treeKey } from './layout.ts'
import { LazyItems } from './lazy-items.ts'
import type { ResultInput } from './result-manifest.ts'
import { StoreFileReader } from './store-file-reader.ts'
import { collectionDigest, readTree } from './tree.ts'

/** What reading a value needs besides its reference. */
export interface ReadContext {
  readonly store: ArtifactStore
  /** A folder of this machine for private copies of files. */
  readonly workDir: string
  /** Names the artifact in errors: `The output "model" of step "train"`. */
  readonly where: string
  readonly signal?: AbortSignal | undefined
  /** How references are looked at. @default everything is looked at anew */
  readonly outside?: OutsideState | undefined
}

/**
 * Loads the value of an input or output by its declared type. A list type takes several artifacts or one collection; of
 * a lazy one nothing is loaded before it is iterated, with what such an iteration throws.
 *
 * @throws CAIRN_ARTIFACT_TYPE, CAIRN_ARTIFACT_MISSING, CAIRN_ARTIFACT_CORRUPT, and what the materializer throws
 */
export async function readArtifact(port: Port, input: ResultInput, context: ReadContext): Promise<unknown> {
  const type = requiredPort(port)
  if (isList(type)) {
    const items = isRef(input) ? await collectionItems(input, context) : input
    const load = (item: ArtifactRef): Promise<unknown> => readOne(type.of, item, context)
    if (type.lazy === true) return new LazyItems(items, load)
    const values: unknown[] = []
    for (const item of items) values.push(await load(item))
    return values
  }
  if (!isRef(input)) throw wrongType('a list', portTypeName(type), context)
  return readOne(type, input, context)
}

/** The identity of what an input was given, the same for a list of artifacts and a collection of equal items. */
export function inputDigest(input: ResultInput): string {
  return isRef(input) ? input.digest : collectionDigest(input)
}

/** Whether an input is one artifact, not the items of a list. */
export function isRef(input: ResultInput): input is ArtifactRef {
  return !Array.isArray(input)
}

/** The items of a stored collection. */
export async function collectionItems(ref: ArtifactRef, context: ReadContext): Promise<readonly ArtifactRef[]> {
  if (ref.kind !== 'collection') throw wrongType(ref.type, 'a list', context)
  const tree = await readTree(context.store, ref.digest, context)
  return tree.kind === 'collection' ? tree.items : otherKind(ref, context)
}

async function readOne(type: ArtifactType, ref: ArtifactRef, context: ReadContext): Promise<unknown> {
  const wanted = portTypeName(type)
  if (ref.kind === 'collection') throw wrongType(`list<${ref.type}>`, wanted, context)
  if (ref.type !== wanted) throw wrongType(ref.type, wanted, context)
  const files = new StoreFileReader(await artifactFiles(ref, context), context)
  try {
    return await materializerOf(type).read(files)
  } catch (error) {
    if (!isCairnError(error, 'CAIRN_VALUE_INVALID')) throw error
    const problem = String(error.details['problem'])
    throw cairnError('CAIRN_VALUE_INVALID', { where: context.where, problem }, { cause: error })
  }
}

/** The files that an artifact consists of. */
export async function artifactFiles(ref: ArtifactRef, context: ReadContext): Promise<readonly ArtifactFile[]> {
  if (ref.kind === 'file') return [{ path: ref.path, digest: ref.digest, size: ref.size }]
  const tree = await readTree(context.store, ref.digest, context)
  return tree.kind === 'tree' ? tree.files : otherKind(ref, context)
}

function otherKind(ref: ArtifactRef, context: ReadContext): never {
  const problem = `it is not the ${ref.kind} that its record says`
  throw cairnError('CAIRN_ARTIFACT_CORRUPT', { key: treeKey(ref.digest), store: context.store.name, problem })
}

function wrongType(stored: string, wanted: string, context: ReadContext): Error {
  return cairnError('CAIRN_ARTIFACT_TYPE', { artifact: context.where, stored, wanted })
}
