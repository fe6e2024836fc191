import { stat } from 'node:fs/promises'
import nodePath from 'node:path'

import { cairnError, isCairnError } from '../errors/cairn-error.ts'
import type { ExternalData } from '../graph/graph.ts'
import { portTypeName, type ArtifactType } from '../materializer/port.ts'
import { materializerOf } from '../materializer/schema-materializer.ts'
import type { ArtifactRef } from './artifact-ref.ts'
import { describeValue } from './describe-value.ts'
import { fileSignature } from './file-signature.ts'
import { LocalFileReader } from './local-file-reader.ts'
import { StoreFileWriter } from './store-file-writer.ts'
import type { WriteContext } from './write-context.ts'
import { writeOne } from './write-one.ts'

/** A file up to here is read as a value, which is then described; of a larger one its type looks at what it must. */
const DESCRIBED_BYTES = 16 * 1024 * 1024

/**
 * Stores data from outside: a value like any other, or a file as it is, in pieces, once it is known to have the format
 * of its type.
 *
 * @throws CAIRN_FILE_MISSING, CAIRN_EXTERNAL_INVALID, CAIRN_FILE_CHANGED, and the codes of writing a value
 */
export async function storeExternal(data: ExternalData, context: WriteContext): Promise<ArtifactRef> {
  const { type } = data
  if (data.file === undefined) return { ...(await writeOne(type, data.value, context)), external: 'value' }
  const { file: label } = data
  const file = nodePath.resolve(label)
  const kind = await kindOf(label, file)
  if (kind === 'folder') {
    if (portTypeName(type) !== 'directory@1') throw missing(label, 'EISDIR')
    return { ...(await writeOne(type, file, context)), external: label }
  }
  return { ...(await storeFile({ type, file, label }, context)), external: label }
}

interface GivenFile {
  readonly type: ArtifactType
  readonly file: string
  /** The path as it was given. */
  readonly label: string
}

async function storeFile(given: GivenFile, context: WriteContext): Promise<ArtifactRef> {
  const { type, file, label } = given
  const writer = new StoreFileWriter(context)
  try {
    const before = await fileSignature(file)
    const described = await inspected(given, context)
    await writer.copy(nodePath.basename(file), file)
    if ((await fileSignature(file)) !== before) throw cairnError('CAIRN_FILE_CHANGED', { file: label })
    const [stored] = writer.files
    if (stored === undefined) throw missing(label, 'ENOENT')
    const { path, digest, size } = stored
    return { kind: 'file', path, digest, size, type: portTypeName(type), ...described }
  } catch (error) {
    throw hasCode(error) && !isCairnError(error) ? missing(label, error.code, error) : error
  }
}

/** Looks at the file as its type does, and at the value where that costs little. */
async function inspected(
  { type, file, label }: GivenFile,
  context: WriteContext,
): Promise<Pick<ArtifactRef, 'metadata' | 'preview'>> {
  const by = materializerOf(type)
  const { size } = await stat(file)
  const reader = new LocalFileReader(file, size)
  try {
    if (size > DESCRIBED_BYTES && by.check !== undefined) {
      await by.check(reader)
      return {}
    }
    const value = await by.read(reader)
    return await describeValue({ by, value, files: reader.files, where: context.where, warn: context.warn })
  } catch (error) {
    if (hasCode(error) && !isCairnError(error)) throw error
    const text = isCairnError(error, 'CAIRN_VALUE_INVALID') ? String(error.details['problem']) : textOf(error)
    const problem = text.replace(/[.\s]+$/, '')
    throw cairnError('CAIRN_EXTERNAL_INVALID', { file: label, type: portTypeName(type), problem }, { cause: error })
  }
}

async function kindOf(label: string, file: string): Promise<'file' | 'folder'> {
  const info = await stat(file).catch((error: unknown) => {
    throw missing(label, hasCode(error) ? error.code : String(error), error)
  })
  if (info.isDirectory()) return 'folder'
  if (info.isFile()) return 'file'
  throw missing(label, 'it is neither a file nor a folder')
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function hasCode(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
}

function missing(file: string, code: string, cause?: unknown): Error {
  return cairnError('CAIRN_FILE_MISSING', { file, problem: `external() could not read it (${code})` }, { cause })
}
