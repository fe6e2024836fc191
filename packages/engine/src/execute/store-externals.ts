import nodePath from 'node:path'

import {
  cairnError,
  portTypeName,
  StoreFileWriter,
  writeArtifact,
  type ArtifactRef,
  type ArtifactStore,
  type ExternalData,
} from '@cairnml/core'

import { valueFolder } from '../result/value-folder.ts'

/**
 * Stores the data that a run was given from outside, so that steps get it like any other artifact.
 *
 * @throws CAIRN_FILE_MISSING, and the codes of writing a value
 */
export async function storeExternals(
  externals: readonly ExternalData[],
  store: ArtifactStore,
): Promise<readonly ArtifactRef[]> {
  const refs: ArtifactRef[] = []
  for (const [index, data] of externals.entries()) {
    const where = `The data from outside (${index + 1} of ${externals.length})`
    const context = {
      store,
      where,
      get workDir(): string {
        return valueFolder()
      },
    }
    if (data.file === undefined) refs.push(await writeArtifact(data.type, data.value, context))
    else refs.push(await storeFile(data.file, portTypeName(data.type), context))
  }
  return refs
}

async function storeFile(
  file: string,
  type: string,
  context: { readonly store: ArtifactStore; readonly workDir: string },
): Promise<ArtifactRef> {
  const writer = new StoreFileWriter(context)
  await writer.copy(nodePath.basename(file), nodePath.resolve(file)).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    if (code.startsWith('CAIRN_')) throw error
    throw cairnError(
      'CAIRN_FILE_MISSING',
      { file, problem: `external() could not read it (${code})` },
      { cause: error },
    )
  })
  const [stored] = writer.files
  if (stored === undefined) throw cairnError('CAIRN_FILE_MISSING', { file, problem: 'it vanished' })
  return { kind: 'file', path: stored.path, digest: stored.digest, size: stored.size, type }
}
