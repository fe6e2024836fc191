import type { ArtifactStore, CacheIndex, Json, MetadataStore } from '@cairnml/core'

import { FolderStore, type FolderStoreFault } from './folder-store.ts'
import { journalCacheIndex, journalMetadataStore } from './journal-components.ts'
import type { JournalFault } from './journal.ts'

/** Which component a process opens. */
export type FaultyComponent =
  | { readonly port: 'artifactStore'; readonly place: string; readonly fault: FolderStoreFault }
  | { readonly port: 'metadataStore' | 'cacheIndex'; readonly place: string; readonly fault: JournalFault }

/** Opens a component whose fault shows only among processes. */
export function openComponent(data: Json): ArtifactStore | MetadataStore | CacheIndex {
  // Sound: that is what the tests of the suites pass.
  const asked = data as unknown as FaultyComponent
  if (asked.port === 'artifactStore') return new FolderStore(asked.place, asked.fault)
  return asked.port === 'metadataStore'
    ? journalMetadataStore(asked.place, asked.fault)
    : journalCacheIndex(asked.place, asked.fault)
}
