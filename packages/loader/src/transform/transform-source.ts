import module from 'node:module'
import nodePath from 'node:path'
import { stripVTControlCharacters } from 'node:util'

import { transformSync, TsconfigCache, type TransformOptions } from 'rolldown/utils'

import { createCompilerSettings } from '../modules/compiler-settings.ts'
import { hasDecorators } from '../syntax/needs-compiler.ts'
import type { MakeError, RefusedFile } from './refused-file.ts'

/** A text that Node cannot run. */
export interface SourceText {
  /** Absolute path; its extension says the language. */
  readonly file: string
  readonly text: string
  readonly isCommonJs: boolean
  readonly makeError: MakeError
}

const cache = new TsconfigCache()
const compilerSettings = createCompilerSettings()
let hasMaps = false

/**
 * Compiles TypeScript and JSX as the nearest tsconfig of the file says, with a source map inside; errors of this process
 * name places of the original from then on.
 *
 * @throws what `makeError` makes, with the place in the file
 */
export function transformSource({ file, text, isCommonJs, makeError }: SourceText): string {
  const settings = compilerSettings(file)
  const { code, map, errors } = transformSync(file, text, optionsFor(settings.jsx, isCommonJs), cache)
  const [error] = errors
  if (error !== undefined) throw makeError(refused(file, error))
  if (!settings.experimentalDecorators && hasDecorators(code)) throw makeError(withoutDecorators(file))
  if (!hasMaps) enableMaps()
  const json = JSON.stringify({ ...map, sources: [file] })
  return `${code}\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(json).toString('base64')}\n`
}

function optionsFor(jsx: string | undefined, isCommonJs: boolean): TransformOptions {
  return {
    tsconfig: true,
    sourcemap: true,
    sourceType: isCommonJs ? 'commonjs' : 'module',
    // Specifiers lead where they say; nothing is compiled to files.
    typescript: { rewriteImportExtensions: false },
    // What another compiler was to do with it, nobody does here.
    ...((jsx === 'preserve' || jsx === 'react-native') && { jsx: { runtime: 'automatic' } }),
  }
}

/** Only what was compiled by now has maps: a process that compiles nothing pays nothing. */
function enableMaps(): void {
  module.setSourceMapsSupport(true, { nodeModules: false, generatedCode: false })
  hasMaps = true
}

function refused(file: string, error: Error): RefusedFile {
  const message = stripVTControlCharacters(error.message).split('\n', 1)[0] ?? ''
  const text = message.replace(/^\[\w+\]\s*/, '').replace(/\.$/, '')
  return { file: relative(file), problem: `SyntaxError: ${text} (${relative(file)}${placeOf(error)})`, cause: error }
}

function placeOf(error: Error): string {
  const loc: unknown = Reflect.get(error, 'loc')
  if (typeof loc !== 'object' || loc === null || !('line' in loc) || !('column' in loc)) return ''
  return `:${String(loc.line)}:${Number(loc.column) + 1}`
}

function withoutDecorators(file: string): RefusedFile {
  const remedy = 'Node runs decorators only as "experimentalDecorators" of its tsconfig.json, which is not set'
  return { file: relative(file), problem: `it has decorators: ${remedy}`, cause: undefined }
}

function relative(file: string): string {
  return nodePath.relative('', file)
}
