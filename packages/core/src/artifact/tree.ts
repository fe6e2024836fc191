import { byCodeUnit } from '../encoding/plain-data.ts'
import type { ArtifactStore } from '../artifact-store/artifact-store.ts'
import { cairnError } from '../errors/cairn-error.ts'
import type { OperationOptions } from '../plugin/component.ts'
import type { ArtifactFile, ArtifactRef } from './artifact-ref.ts'
import { contentOf, isFresh, missingObject, readContent, readWhole, type Content } from './blob.ts'
import { treeKey } from './layout.ts'

/** The files of one artifact, or the items of a collection, as stored under `trees/`. */
export type Tree =
  | { readonly format: 1; readonly kind: 'tree'; readonly files: readonly ArtifactFile[] }
  | { readonly format: 1; readonly kind: 'collection'; readonly items: readonly ArtifactRef[] }

/** The bytes that are hashed and stored: equal trees give equal bytes. */
export function treeBytes(tree: Tree): Uint8Array {
  const json = tree.kind === 'tree' ? { ...tree, files: tree.files.map(plainFile).toSorted(byPath) } : plainItems(tree)
  return Buffer.from(JSON.stringify(json))
}

/** Digest of a collection of these items, the same whether it was stored as one or is a list of artifacts. */
export function collectionDigest(items: readonly ArtifactRef[]): string {
  return contentOf(treeBytes({ format: 1, kind: 'collection', items })).digest
}

/** Stores a tree and says under which digest. */
export async function putTree(store: ArtifactStore, tree: Tree, options: OperationOptions = {}): Promise<Content> {
  const body = treeBytes(tree)
  const content = contentOf(body)
  const key = treeKey(content.digest)
  const known = await store.stat(key, options)
  const present = known !== undefined && isFresh(known) ? await readWhole(store, key, options) : undefined
  // Trees are small, so a damaged one is noticed here and written again.
  if (present === undefined || contentOf(present).digest !== content.digest) await store.put(key, body, options)
  return content
}

/**
 * Reads a tree back.
 *
 * @throws CAIRN_ARTIFACT_MISSING, CAIRN_ARTIFACT_CORRUPT
 */
export async function readTree(store: ArtifactStore, digest: string, options: OperationOptions = {}): Promise<Tree> {
  const key = treeKey(digest)
  const info = await store.stat(key, options)
  if (info === undefined) throw await missingObject(store, key)
  const bytes = await readContent(store, key, { digest, size: info.size, signal: options.signal })
  // Sound: the digest was checked, so these are bytes that treeBytes made; the format says by which version.
  const tree = JSON.parse(Buffer.from(bytes).toString('utf8')) as Tree
  if (tree.format !== 1) {
    throw cairnError('CAIRN_ARTIFACT_CORRUPT', { key, store: store.name, problem: 'its format is not known' })
  }
  return tree
}

function plainFile(file: ArtifactFile): ArtifactFile {
  return { path: file.path, digest: file.digest, size: file.size }
}

function byPath(a: ArtifactFile, b: ArtifactFile): number {
  return byCodeUnit(a.path, b.path)
}

/** Items without what does not belong to their content: metadata and previews. */
function plainItems(tree: Tree & { kind: 'collection' }): Tree {
  const items = tree.items.map((item): ArtifactRef => {
    const { digest, size, type } = item
    if (item.kind === 'file') return { kind: 'file', digest, size, type, path: item.path }
    if (item.kind === 'collection') return { kind: 'collection', digest, size, type, count: item.count }
    return { kind: 'tree', digest, size, type }
  })
  return { format: 1, kind: 'collection', items }
}
