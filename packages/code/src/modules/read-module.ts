import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { extname } from 'node:path'

import type { Import } from 'es-module-lexer'

import type { ModuleLexer } from './lexer.ts'
import { findRefusal, type Refusal } from './refusals.ts'
import { findRequires } from './require-calls.ts'
import { isInComment } from './source-text.ts'

/** How a module asks for another file. */
export type RequestKind = 'import' | 'require' | 'url'

/** A literal reference from one module to another file, package or builtin. */
export interface ModuleRequest {
  readonly kind: RequestKind
  readonly specifier: string
  /** Where in the text of the module. */
  readonly offset: number
}

/** What the closure needs to know of one file. */
export interface ModuleSource {
  /** sha256 of the bytes, as hex. */
  readonly digest: string
  /** Imports in order of appearance, then requires, then files named by `new URL`. */
  readonly requests: readonly ModuleRequest[]
  /** Whether the module can see its own URL, and with it the query that it was imported with. */
  readonly readsOwnUrl: boolean
  readonly refusal?: Refusal | undefined
}

const CODE_EXTENSIONS = new Set(['', '.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs', '.jsx'])
const OWN_FILE_URL =
  /new\s+URL\s*\(\s*(?:'([^'\\\n]*)'|"([^"\\\n]*)"|`([^`\\$]*)`)\s*,\s*import\s*\.\s*meta\s*\.\s*url\s*,?\s*\)/g

/** Whether a file is followed into; any other file counts by its bytes alone. */
export function isCodeFile(path: string): boolean {
  return CODE_EXTENSIONS.has(extname(path).toLowerCase())
}

/**
 * Reads a file of the closure.
 *
 * @throws what the file system throws, where the file cannot be read
 */
export function readModule(path: string, lexer: ModuleLexer): ModuleSource {
  const bytes = readFileSync(path)
  const digest = hash('sha256', bytes)
  if (!isCodeFile(path)) return { digest, requests: [], readsOwnUrl: false }
  return { digest, ...readCode(bytes.toString('utf8'), lexer) }
}

/** Reads the references of a piece of code. It accepts any text: what cannot be read is refused. */
export function readCode(text: string, lexer: ModuleLexer): Omit<ModuleSource, 'digest'> {
  const readsOwnUrl = text.includes('meta') && /import\s*\.\s*meta/.test(text)
  const refused = (refusal: Refusal): Omit<ModuleSource, 'digest'> => ({ requests: [], readsOwnUrl, refusal })
  let imports: readonly Import[]
  try {
    imports = lexer.parse(text)[0]
  } catch (error) {
    return refused({
      reason: 'it cannot be parsed as JavaScript or TypeScript without JSX',
      offset: errorOffset(error),
    })
  }
  const refusal = findRefusal(text, imports)
  if (refusal !== undefined) return refused(refusal)
  const requires = findRequires(text)
  if ('reason' in requires) return refused(requires)
  return {
    requests: [...importRequests(imports), ...requires.map(toRequireRequest), ...urlRequests(text)],
    readsOwnUrl,
  }
}

function importRequests(imports: readonly Import[]): readonly ModuleRequest[] {
  return imports.flatMap((found) => {
    if (found.type === 'import-meta' || found.specifier === undefined) return []
    const isType = found.type === 'dynamic' ? found.probablyTypeOnly : found.typeOnly
    return isType ? [] : [{ kind: 'import' as const, specifier: found.specifier, offset: found.importStart }]
  })
}

function toRequireRequest(call: { specifier: string; offset: number }): ModuleRequest {
  return { kind: 'require', ...call }
}

function urlRequests(text: string): readonly ModuleRequest[] {
  if (!text.includes('URL')) return []
  return Array.from(text.matchAll(OWN_FILE_URL)).flatMap((match) =>
    isInComment(text, match.index)
      ? []
      : [{ kind: 'url' as const, specifier: match[1] ?? match[2] ?? match[3] ?? '', offset: match.index }],
  )
}

function errorOffset(error: unknown): number {
  const idx = error instanceof Error && 'idx' in error ? error.idx : 0
  return typeof idx === 'number' ? idx : 0
}
