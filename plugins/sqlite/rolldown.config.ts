import { readFileSync, realpathSync } from 'node:fs'
import path from 'node:path'

import { defineConfig, type Plugin, type RolldownOptions } from 'rolldown'

/** Drivers of @keyv/sqlite that nothing here uses; one of them needs native code. */
const DRIVER = /\b(?:better-sqlite3|bun-sqlite|node-sqlite)-driver\b/
const ABSENT = '\0absent-driver'

const withoutDrivers: Plugin = {
  name: 'without-drivers',
  resolveId: (source) => (DRIVER.test(source) ? ABSENT : undefined),
  load: (id) => (id === ABSENT ? 'throw new Error("This driver is not bundled.")' : undefined),
}

/** Resolved as the package itself does: hookified is not a dependency of ours. */
const keyvSqlite = realpathSync(path.join(import.meta.dirname, 'node_modules/@keyv/sqlite'))
const licenses = ['@keyv/sqlite', 'hookified']
  .map((name) => `${name}\n\n${readFileSync(path.join(keyvSqlite, '../..', name, 'LICENSE'), 'utf8')}`)
  .join('\n')

/**
 * Makes the JavaScript of the package; `tsc` makes the declarations only, so that neither undoes the other.
 *
 * Two reasons to bundle: @keyv/sqlite depends on better-sqlite3, which strangers would have to compile, and is inlined
 * without it; and few files load faster than many.
 */
const config: RolldownOptions = defineConfig({
  // A thread loads the beater by its URL.
  input: { index: 'src/index.ts', 'lease-beater': 'src/leases/lease-beater.ts' },
  external: ['@cairnml/core', 'keyv', 'zod', /^(?:node|bun):/],
  platform: 'node',
  plugins: [withoutDrivers],
  output: {
    dir: 'dist',
    format: 'esm',
    chunkFileNames: '[name].js',
    codeSplitting: { groups: [{ name: 'database', test: /src[\\/](?:database|json)[\\/]/ }] },
    sourcemap: true,
    comments: { legal: true, annotation: true, jsdoc: false },
    banner: ({ name }) => (name === 'sqlite-cache-index' ? `/*! This file contains:\n\n${licenses}*/` : ''),
  },
})

export default config
