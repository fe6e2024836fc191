import path from 'node:path'

import { SqliteCacheIndex } from '../src/sqlite-cache-index.ts'
import { SqliteMetadataStore } from '../src/sqlite-metadata-store.ts'

/** The metadata store of a project. */
export function metadataIn(project: string, busyTimeoutMs?: number): SqliteMetadataStore {
  return new SqliteMetadataStore({ ...place(project, 'metadata.sqlite'), busyTimeoutMs })
}

/** The cache index of a project. */
export function indexIn(project: string, busyTimeoutMs?: number): SqliteCacheIndex {
  return new SqliteCacheIndex({ ...place(project, 'cache.sqlite'), busyTimeoutMs })
}

function place(project: string, file: string): { name: string; cairnDir: string; file: string } {
  const cairnDir = path.join(project, '.cairn')
  return { name: 'test', cairnDir, file: path.join(cairnDir, file) }
}
