import type { Json } from '@cairnml/core'

import type { SqliteCacheIndex } from '../src/sqlite-cache-index.ts'
import type { SqliteMetadataStore } from '../src/sqlite-metadata-store.ts'
import { indexIn, metadataIn } from './stores.ts'

/** Opens one of the components of a project, as the conformance suites ask for it in other processes. */
export function openComponent(data: Json): SqliteMetadataStore | SqliteCacheIndex {
  // Sound: that is what the suites are told to pass.
  const { project, kind } = data as { readonly project: string; readonly kind: 'index' | 'metadata' }
  return kind === 'index' ? indexIn(project) : metadataIn(project)
}
