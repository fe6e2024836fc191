import type { ArtifactStore } from '../artifact-store/artifact-store.ts'
import type { OperationOptions } from '../plugin/component.ts'
import type { ArtifactRef } from './artifact-ref.ts'
import { blobKey, treeKey } from './layout.ts'
import { readTree } from './tree.ts'

/** Whether everything that an artifact consists of is in the store, with the right size. Nothing is read but lists. */
export async function isPresent(
  store: ArtifactStore,
  ref: ArtifactRef,
  options: OperationOptions = {},
): Promise<boolean> {
  if (ref.kind === 'file') return hasBlob(store, ref, options)
  if ((await store.stat(treeKey(ref.digest), options)) === undefined) return false
  const tree = await readTree(store, ref.digest, options).catch(() => undefined)
  if (tree === undefined) return false
  if (tree.kind === 'collection') return allPresent(tree.items, (item) => isPresent(store, item, options))
  return allPresent(tree.files, (file) => hasBlob(store, file, options))
}

async function hasBlob(
  store: ArtifactStore,
  content: { readonly digest: string; readonly size: number },
  options: OperationOptions,
): Promise<boolean> {
  return (await store.stat(blobKey(content.digest), options))?.size === content.size
}

async function allPresent<T>(items: readonly T[], test: (item: T) => Promise<boolean>): Promise<boolean> {
  for (const item of items) if (!(await test(item))) return false
  return true
}
