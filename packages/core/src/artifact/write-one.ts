import { portTypeName, type ArtifactType } from '../materializer/port.ts'
import { materializerOf } from '../materializer/schema-materializer.ts'
import type { ArtifactFile, ArtifactRef } from './artifact-ref.ts'
import { describeValue } from './describe-value.ts'
import { StoreFileWriter } from './store-file-writer.ts'
import { putTree } from './tree.ts'
import { explainWriteFault } from './unstorable.ts'
import type { WriteContext } from './write-context.ts'

/** What else is wanted of a value that is stored. */
export interface WriteOptions {
  /** Leaves out metadata and preview. @default false */
  readonly undescribed?: boolean | undefined
}

/** Stores a value that is no list. */
export async function writeOne(
  type: ArtifactType,
  value: unknown,
  context: WriteContext & WriteOptions,
): Promise<ArtifactRef> {
  const by = materializerOf(type)
  const writer = new StoreFileWriter(context)
  try {
    await by.write(value, writer)
    await writer.settled()
    const { files } = writer
    if (files.length === 0 && by.mayBeEmpty !== true) throw new TypeError('its materializer wrote no file')
    const stored = { ...(await assemble(files, context)), type: portTypeName(type) }
    if (context.undescribed === true) return stored
    const { where, warn } = context
    return { ...stored, ...(await describeValue({ by, value, files, where, warn })) }
  } catch (error) {
    throw explainWriteFault(error, portTypeName(type), context)
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
