import {
  blobKey,
  isCairnError,
  readTree,
  treeKey,
  type ArtifactRef,
  type ArtifactStore,
  type ResultManifest,
  type Tree,
} from '@cairnml/core'

import type { ContentObject } from './stored-result.ts'

interface Listed {
  readonly tree: Tree
  /** Bytes of the list itself. */
  readonly size: number
}

/** Says which objects artifacts consist of. Every list is read once, whatever the number of results that share it. */
export class ContentReader {
  readonly #store: ArtifactStore
  readonly #trees = new Map<string, Promise<Listed | undefined>>()

  constructor(store: ArtifactStore) {
    this.#store = store
  }

  /** All objects behind the outputs of a result. What a list that is missing or damaged named is left out. */
  async contentOf(manifest: ResultManifest): Promise<readonly ContentObject[]> {
    const found = new Map<string, ContentObject>()
    for (const ref of Object.values(manifest.outputs)) await this.#collect(ref, found)
    return [...found.values()]
  }

  async #collect(ref: ArtifactRef, found: Map<string, ContentObject>): Promise<void> {
    if (ref.kind === 'file') return add(found, blobKey(ref.digest), ref.size)
    const listed = await this.#listed(ref.digest)
    if (listed === undefined) return
    const key = treeKey(ref.digest)
    if (found.has(key)) return
    add(found, key, listed.size)
    if (listed.tree.kind === 'tree') for (const file of listed.tree.files) add(found, blobKey(file.digest), file.size)
    else for (const item of listed.tree.items) await this.#collect(item, found)
  }

  #listed(digest: string): Promise<Listed | undefined> {
    const known = this.#trees.get(digest) ?? this.#read(digest)
    this.#trees.set(digest, known)
    return known
  }

  async #read(digest: string): Promise<Listed | undefined> {
    try {
      const tree = await readTree(this.#store, digest)
      const info = await this.#store.stat(treeKey(digest))
      return { tree, size: info?.size ?? 0 }
    } catch (error) {
      // Whatever else went wrong must not look as if nothing were referred to.
      if (isCairnError(error, 'CAIRN_ARTIFACT_MISSING') || isCairnError(error, 'CAIRN_ARTIFACT_CORRUPT'))
        return undefined
      throw error
    }
  }
}

function add(found: Map<string, ContentObject>, key: string, size: number): void {
  found.set(key, { key, size })
}
