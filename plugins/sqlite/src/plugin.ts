import path from 'node:path'

import { cacheIndex, definePlugin, metadataStore, type ComponentContext, type Plugin } from '@cairnml/core'

import type { SqliteOptions } from './sqlite-options.ts'
import type { StoreLocation } from './store-location.ts'

const loadOptions = async () => (await import('./sqlite-options-schema.ts')).SQLITE_OPTIONS

/** The SQLite plugin: a metadata store and a cache index, each in one file. */
const plugin: Plugin = definePlugin({
  name: 'sqlite',
  components: [
    metadataStore<SqliteOptions>({
      options: loadOptions,
      requiresOptions: false,
      location: (options, dirs) => databaseFile('metadata.sqlite', options, dirs),
      create: async (options, context) => {
        const { SqliteMetadataStore } = await import('./sqlite-metadata-store.ts')
        return new SqliteMetadataStore(locate('metadata.sqlite', options, context))
      },
    }),
    cacheIndex<SqliteOptions>({
      provides: ['acquire', 'beater', 'secret'],
      options: loadOptions,
      requiresOptions: false,
      location: (options, dirs) => databaseFile('cache.sqlite', options, dirs),
      create: async (options, context) => {
        const { SqliteCacheIndex } = await import('./sqlite-cache-index.ts')
        return new SqliteCacheIndex(locate('cache.sqlite', options, context))
      },
    }),
  ],
})

export default plugin

function locate(file: string, options: SqliteOptions, context: ComponentContext): StoreLocation {
  const { name, cairnDir } = context
  return { name, cairnDir, file: databaseFile(file, options, context) }
}

function databaseFile(
  file: string,
  { path: chosen }: SqliteOptions,
  { cairnDir, projectDir }: Pick<ComponentContext, 'cairnDir' | 'projectDir'>,
): string {
  return chosen === undefined ? path.join(cairnDir, file) : path.resolve(projectDir, chosen)
}
