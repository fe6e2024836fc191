import { createHash } from 'node:crypto'

import type { ArtifactStore } from '../artifact-store/artifact-store.ts'
import type { OperationOptions } from '../plugin/component.ts'
import type { ArtifactRef } from './artifact-ref.ts'
import { blobKey, treeKey } from './layout.ts'
import { readTree } from './tree.ts'

/** How closely an artifact is looked at. */
export interface PresenceOptions extends OperationOptions {
  /** Reads all content and compares it with its digest. @default false: sizes are compared, and only lists are read */
  readonly verify?: boolean | undefined
}

/** Whether everything that an artifact consists of is in the store, with the right size. */
export async function isPresent(
  store: ArtifactStore,
  ref: ArtifactRef,
  options: PresenceOptions = {},
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
  options: PresenceOptions,
): Promise<boolean> {
  const key = blobKey(content.digest)
  if ((await store.stat(key, options))?.size !== content.size) return false
  return options.verify !== true || (await digestIn(store, key, options)) === content.digest
}

async function digestIn(store: ArtifactStore, key: string, options: OperationOptions): Promise<string> {
  const digest = createHash('sha256')
  for await (const chunk of (await store.get(key, options)) ?? []) digest.update(chunk)
  return digest.digest('hex')
}

async function allPresent<T>(items: readonly T[], test: (item: T) => Promise<boolean>): Promise<boolean> {
  for (const item of items) if (!(await test(item))) return false
  return true
}
