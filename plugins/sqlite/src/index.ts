export { default } from './plugin.ts'
export type { SqliteOptions } from './sqlite-options.ts'
export type { SqliteCacheIndex } from './sqlite-cache-index.ts'
export type { SqliteMetadataStore } from './sqlite-metadata-store.ts'
