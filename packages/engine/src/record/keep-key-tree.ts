import { isCairnError, type KeyTree, type MetadataStore } from '@cairnml/core'

/** Stores the parts of a key, once per key. */
export async function keepKeyTree(store: MetadataStore, key: string, tree: KeyTree): Promise<void> {
  try {
    const record = { id: key, revision: 1, tree, createdAt: Date.now() }
    await store.write([{ op: 'insert', kind: 'keyTree', record }])
  } catch (error) {
    // It is stored, by an earlier run or another process: the key says that it is the same.
    if (!isCairnError(error, 'CAIRN_RECORD_CONFLICT')) throw error
  }
}
