import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, extname, resolve } from 'node:path'

import { stripVTControlCharacters } from 'node:util'

import type * as Rolldown from 'rolldown'
import type { OutputChunk, Plugin, SourceDescription } from 'rolldown'

import { processConditions } from '@cairnml/core/packages'
import { isInNodeModules, isOwnPackage, Manifests } from '../packages/manifest.ts'
import type { MovedMap } from './moved-map.ts'
import { refuseDecorators } from './refuse-decorators.ts'
import { looksForOwnFiles } from './native-packages.ts'
import { portablePath } from './portable-path.ts'
import { ModuleResolution, type ResolutionOptions } from './module-resolution.ts'
import { UnbundleableError } from './unbundleable-error.ts'

/** The text of a module. */
export interface ModuleText {
  readonly code: string
  /** What it was made from, if its lines are not those of the file. */
  readonly map?: MovedMap | undefined
}

/** What is made into one file. */
export interface LinkOptions extends ResolutionOptions {
  readonly projectDir: string
  /** Id of the first module. */
  readonly entry: string
  /** The text of a module of the project, where that is not the one of its file. */
  readonly textOf: (file: string) => ModuleText | undefined
  /** Whether a text had decorators; asked in the end. */
  readonly mayHaveDecorators?: (() => boolean) | undefined
  /** Name of the file. */
  readonly fileName: string
}

/** One file of a bundle. */
export interface LinkedFile {
  readonly code: string
  readonly map: string
  /** Versions, by name, of the packages that are not inside. */
  readonly packages: ReadonlyMap<string, string>
}

const requireOwn = createRequire(import.meta.url)

/** Whether it is an `import` or a `require` the linker adds itself. */
const CONDITIONS = processConditions().filter((name) => name !== 'import')

const TYPES: Readonly<Record<string, 'ts' | 'tsx' | 'jsx'>> = {
  '.ts': 'ts',
  '.mts': 'ts',
  '.cts': 'ts',
  '.tsx': 'tsx',
  '.jsx': 'jsx',
}

/**
 * Links modules to one ES module. Packages that look for files beside them are left out, as native ones are.
 *
 * @throws UnbundleableError if the linker refuses
 */
export async function linkModules(options: LinkOptions): Promise<LinkedFile> {
  const outside = new Set(options.outside)
  for (;;) {
    const resolution = new ModuleResolution({ ...options, outside })
    const chunk = await linkOnce(options, resolution)
    const found = packagesWithOwnFiles(chunk)
    if (found.every((name) => outside.has(name))) {
      return { code: chunk.code, map: mapText(chunk), packages: resolution.packages }
    }
    for (const name of found) outside.add(name)
  }
}

async function linkOnce(options: LinkOptions, resolution: ModuleResolution, tsconfig = true): Promise<OutputChunk> {
  // Sound: it is that package. An `import` that is under way would be in the way of the loader, which cannot wait for it.
  const { rolldown } = requireOwn('rolldown') as typeof Rolldown
  const refusals: UnbundleableError[] = []
  try {
    await using build = await rolldown({
      input: options.entry,
      cwd: options.projectDir,
      platform: 'node',
      logLevel: 'silent',
      tsconfig,
      resolve: { conditionNames: CONDITIONS, mainFields: ['main'] },
      shimMissingExports: true,
      experimental: { attachDebugInfo: 'none' },
      plugins: [modulePlugin(options, resolution, refusals)],
    })
    const { output } = await build.generate({
      format: 'esm',
      codeSplitting: false,
      comments: false,
      keepNames: true,
      entryFileNames: basename(options.fileName),
      sourcemap: true,
      sourcemapExcludeSources: true,
      sourcemapPathTransform: (source, map) => portablePath(options.projectDir, resolve(dirname(map), source)),
    })
    const [chunk] = output
    if (options.mayHaveDecorators?.() === true) refuseDecorators(chunk.code)
    return chunk
  } catch (error) {
    if (error instanceof UnbundleableError) throw error
    // Code for which one that cannot be read would matter has no digest, and so gets no bundle.
    if (tsconfig && String(error).includes('TSCONFIG_ERROR')) return linkOnce(options, resolution, false)
    throw refusals[0] ?? new UnbundleableError(`it cannot be bundled: ${firstLine(error)}`)
  }
}

/** @param refusals where it puts those that the linker would wrap */
function modulePlugin(options: LinkOptions, resolution: ModuleResolution, refusals: UnbundleableError[]): Plugin {
  const noted = (error: unknown): never => {
    if (error instanceof UnbundleableError) refusals.push(error)
    throw error
  }
  return {
    name: 'cairn',
    resolveId: {
      async handler(id, importer, { kind }) {
        const isRequire = kind === 'require-call'
        const otherwise = (): ReturnType<typeof this.resolve> => this.resolve(id, importer, { kind, skipSelf: true })
        return resolution.resolve(id, importer, { isRequire, otherwise }).catch(noted)
      },
    },
    load: {
      handler(id) {
        const virtual = options.virtual.get(id)
        if (virtual !== undefined)
          return { code: virtual.text, moduleType: 'js', moduleSideEffects: virtual.hasEffects }
        try {
          return loaded(id, options.textOf(id))
        } catch (error) {
          return noted(error)
        }
      },
    },
  }
}

function loaded(id: string, text: ModuleText | undefined): SourceDescription | null {
  if (text === undefined) return null
  const { code, map } = text
  const moduleType = TYPES[extname(id)] ?? 'js'
  return { code, moduleType, moduleSideEffects: true, ...(map !== undefined && { map: JSON.stringify(map) }) }
}

function packagesWithOwnFiles(chunk: OutputChunk): readonly string[] {
  const manifests = new Manifests()
  const names = Object.entries(chunk.modules).flatMap(([file, { renderedLength }]) => {
    if (renderedLength === 0 || !isInNodeModules(file) || !looksForOwnFiles(readFileSync(file, 'utf8'))) return []
    const name = manifests.owning(dirname(file))?.name
    return name === undefined || isOwnPackage(name) ? [] : [name]
  })
  return [...new Set(names)]
}

function mapText(chunk: OutputChunk): string {
  if (chunk.map === null) throw new UnbundleableError('it has no source map')
  return chunk.map.toString()
}

function firstLine(error: unknown): string {
  const errors: unknown = typeof error === 'object' && error !== null && 'errors' in error ? error.errors : undefined
  const first: unknown = Array.isArray(errors) ? errors[0] : error
  const text = stripVTControlCharacters(first instanceof Error ? first.message : String(first))
  return text.split('\n', 1)[0]?.replace(/\.$/, '') ?? ''
}
