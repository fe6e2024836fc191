import type { ArtifactStore } from '../artifact-store/artifact-store.ts'
import { cairnError, isCairnError } from '../errors/cairn-error.ts'
import type { Materializer } from '../materializer/materializer.ts'
import { isList, portTypeName, requiredPort, type ArtifactType, type Port } from '../materializer/port.ts'
import { materializerOf } from '../materializer/schema-materializer.ts'
import type { ArtifactFile, ArtifactRef } from './artifact-ref.ts'
import { StoreFileWriter } from './store-file-writer.ts'
import { putTree } from './tree.ts'

/** What writing a value needs besides the value. */
export interface WriteContext {
  readonly store: ArtifactStore
  /** A folder of this machine for streams on their way into the store. */
  readonly workDir: string
  /** Names the value in errors: `The output "model" of step "train"`. */
  readonly where: string
  readonly signal?: AbortSignal | undefined
}

/**
 * Stores a value by its declared type and says where: content first, then what refers to it.
 *
 * @throws CAIRN_VALUE_UNSTORABLE, CAIRN_VALUE_INVALID, CAIRN_SCHEMA_TRANSFORMS, CAIRN_SCHEMA_ASYNC
 */
export async function writeArtifact(port: Port, value: unknown, context: WriteContext): Promise<ArtifactRef> {
  const type = requiredPort(port)
  return isList(type) ? writeCollection(type.of, value, context) : writeOne(type, value, context)
}

async function writeCollection(type: ArtifactType, value: unknown, context: WriteContext): Promise<ArtifactRef> {
  const typeName = portTypeName(type)
  if (!Array.isArray(value)) throw unstorable(`list<${typeName}>`, 'it is not an array', context)
  const items: ArtifactRef[] = []
  for (const [index, item] of value.entries()) {
    items.push(await writeOne(type, item, { ...context, where: `${context.where} [${index}]` }))
  }
  const { digest } = await putTree(context.store, { format: 1, kind: 'collection', items }, context)
  const size = items.reduce((sum, item) => sum + item.size, 0)
  return { kind: 'collection', digest, size, type: typeName, count: items.length }
}

async function writeOne(type: ArtifactType, value: unknown, context: WriteContext): Promise<ArtifactRef> {
  const by = materializerOf(type)
  const files = new StoreFileWriter(context)
  try {
    await by.write(value, files)
    await files.settled()
    if (files.files.length === 0 && by.mayBeEmpty !== true) throw new TypeError('its materializer wrote no file')
    return { ...(await assemble(files.files, context)), type: portTypeName(type), ...describe(by, value) }
  } catch (error) {
    throw explain(error, portTypeName(type), context)
  }
}

type Assembled =
  | { readonly kind: 'file'; readonly digest: string; readonly size: number; readonly path: string }
  | { readonly kind: 'tree'; readonly digest: string; readonly size: number }

async function assemble(files: readonly ArtifactFile[], context: WriteContext): Promise<Assembled> {
  const [only] = files
  if (only !== undefined && files.length === 1) {
    return { kind: 'file', digest: only.digest, size: only.size, path: only.path }
  }
  const { digest } = await putTree(context.store, { format: 1, kind: 'tree', files }, context)
  return { kind: 'tree', digest, size: files.reduce((sum, file) => sum + file.size, 0) }
}

function describe(by: Materializer<unknown>, value: unknown): Pick<ArtifactRef, 'metadata' | 'preview'> {
  const metadata = by.metadata?.(value)
  const preview = by.preview?.(value)
  return { ...(metadata === undefined ? {} : { metadata }), ...(preview === undefined ? {} : { preview }) }
}

/** Says which value it was; faults of the store and cancellation stay as they are. */
function explain(error: unknown, type: string, context: WriteContext): unknown {
  if (context.signal?.aborted) return error
  if (isCairnError(error, 'CAIRN_SCHEMA_TRANSFORMS')) {
    return cairnError('CAIRN_SCHEMA_TRANSFORMS', { where: context.where }, { cause: error })
  }
  if (isCairnError(error, 'CAIRN_VALUE_INVALID')) {
    const problem = String(error.details['problem'])
    return cairnError('CAIRN_VALUE_INVALID', { where: context.where, problem }, { cause: error })
  }
  if (isCairnError(error, 'CAIRN_VALUE_NOT_PLAIN')) {
    const { path, found } = error.details
    const reason = `it holds ${String(found)}${path === '' ? '' : ` at "${String(path)}"`}`
    return unstorable(type, reason, { ...context, cause: error })
  }
  if (isCairnError(error, 'CAIRN_VALUE_UNSTORABLE')) {
    return unstorable(type, String(error.details['reason']), { ...context, cause: error })
  }
  if (isCairnError(error)) return error
  return unstorable(type, error instanceof Error ? error.message : String(error), { ...context, cause: error })
}

function unstorable(type: string, reason: string, at: { readonly where: string; readonly cause?: unknown }): Error {
  return cairnError('CAIRN_VALUE_UNSTORABLE', { where: at.where, type, reason }, { cause: at.cause })
}
