import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { defineConfig, type OutputOptions, type RolldownOptions } from 'rolldown'

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly '@cairnml/source'?: string }>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

// The package in whose folder the build runs.
// Sound: manifests of this repository are checked by `pnpm verify`.
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest

/** `./src/stack/index.ts` is the entry `stack/index`, as `tsc` names its declarations. */
const entries = Object.values(manifest.exports).flatMap((target) => {
  const source = typeof target === 'string' ? undefined : target['@cairnml/source']
  return source === undefined ? [] : [[source.replace(/^\.\/src\/(.*)\.ts$/, '$1'), source]]
})

/** What a thread or process starts with is loaded by its URL: `./src/lease/lease-thread.ts` is `dist/lease-thread.js`. */
const threads = globSync('src/**/*-{thread,program}.ts').map((source) => [path.basename(source, '.ts'), `./${source}`])

/** The licences of the packages that a file contains: what is bundled is passed on with its terms. */
function licences({ moduleIds }: { readonly moduleIds: readonly string[] }): string {
  const folders = moduleIds.flatMap((id) => /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(id)?.[0] ?? [])
  const texts = [...new Set(folders)].map((folder) => {
    const [file] = globSync('LICEN[CS]E*', { cwd: folder })
    if (file === undefined) throw new Error(`${folder} has no licence.`)
    return `${path.basename(folder)}\n\n${readFileSync(path.join(folder, file), 'utf8')}`
  })
  return texts.length === 0 ? '' : `/*! This file contains:\n\n${texts.join('\n')}*/`
}

/** Where the JavaScript of a package goes, and how. */
export const output: OutputOptions = {
  dir: 'dist',
  format: 'esm',
  chunkFileNames: '[name].js',
  sourcemap: true,
  comments: { legal: true, annotation: true, jsdoc: false },
  banner: licences,
}

/**
 * Makes the JavaScript of a package: a file per entry and per part that is loaded lazily. Node loads a hundred small
 * modules in the time in which a whole cached run could be over. `tsc` checks the types and makes the declarations.
 */
const config: RolldownOptions = defineConfig({
  input: Object.fromEntries([...entries, ...threads]),
  external: [
    /^node:/,
    ...Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }).map(
      (name) => new RegExp(`^${name}(?:/|$)`),
    ),
  ],
  platform: 'node',
  // The injection library is in three builds: this one needs no helpers of TypeScript. What it checks at its import, that
  // there are metadata of decorators, is left out together with what supplies them: nothing here has decorators.
  resolve: { mainFields: ['es2015', 'main', 'module'] },
  treeshake: {
    moduleSideEffects: [{ test: /node_modules[\\/](?:tsyringe|reflect-metadata)[\\/]/, sideEffects: false }],
  },
  output,
})

export default config
