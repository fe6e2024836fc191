import {
  blobKey,
  builtInType,
  cairnError,
  list,
  readArtifact,
  readTree,
  streamContent,
  valueFolder,
  type ArtifactFile,
  type ArtifactRef,
  type ArtifactStore,
  type Port,
} from '@cairnml/core'

import type { StoredArtifact } from './stored-artifact.ts'

/**
 * The value of an artifact: by the type that is given, else by that of its own that Cairn brings.
 *
 * @throws CAIRN_MATERIALIZER_UNKNOWN, CAIRN_ARTIFACT_TYPE, CAIRN_ARTIFACT_MISSING, CAIRN_ARTIFACT_CORRUPT
 */
export async function loadArtifact(
  { artifact, name }: StoredArtifact,
  { store, type }: { readonly store: ArtifactStore; readonly type?: Port | undefined },
): Promise<unknown> {
  const where = `The artifact "${name}"`
  return readArtifact(type ?? ownType(artifact, where), artifact, { store, where, workDir: valueFolder() })
}

function ownType(artifact: ArtifactRef, where: string): Port {
  const type = builtInType(artifact.type)
  if (type === undefined) throw cairnError('CAIRN_MATERIALIZER_UNKNOWN', { artifact: where, type: artifact.type })
  return artifact.kind === 'collection' ? list(type) : type
}

/** The files of an artifact; of a collection there are none. */
export async function artifactFiles(artifact: ArtifactRef, store: ArtifactStore): Promise<readonly ArtifactFile[]> {
  if (artifact.kind === 'collection') return []
  if (artifact.kind === 'file') return [{ path: artifact.path, digest: artifact.digest, size: artifact.size }]
  const tree = await readTree(store, artifact.digest)
  return tree.kind === 'tree' ? tree.files : []
}

/** The bytes of one file of an artifact. */
export async function* streamFile(
  { artifact, name }: StoredArtifact,
  { store, path }: { readonly store: ArtifactStore; readonly path?: string | undefined },
): AsyncIterable<Uint8Array> {
  const files = await artifactFiles(artifact, store)
  const [only, another] = files
  const found = path === undefined && another === undefined ? only : files.find((file) => file.path === path)
  if (found === undefined) {
    const names = files.slice(0, 20).map((file) => file.path)
    const has = `it has ${names.length === 0 ? 'no files of its own' : `the files ${names.join(', ')}`}`
    const problem = path === undefined ? `one file of it has to be named, ${has}` : `${has}, not "${path}"`
    throw cairnError('CAIRN_ARTIFACT_UNKNOWN', { name, problem })
  }
  yield* streamContent(store, blobKey(found.digest), found)
}
