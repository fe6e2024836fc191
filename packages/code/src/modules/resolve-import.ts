import { existsSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

import type { ResolverFactory } from 'oxc-resolver'

import { isCodeFile, type ModuleRequest } from './read-module.ts'

/** What a reference of a module leads to. */
export type Target =
  /** Absolute paths, not yet freed of symlinks; more than one where tools disagree about which is meant. */
  | { readonly kind: 'files'; readonly paths: readonly string[] }
  /** Nothing outside of the module's own text and of Node: a builtin, a `data:` URL, a URL of the network. */
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'unresolved' }

/** Resolves what modules refer to as Node does. */
export interface ImportResolver {
  resolve(request: ModuleRequest, from: string, isFile: IsFile): Target
}

/** Whether there is a file at a path; the walk answers it from what it has looked at before. */
export type IsFile = (path: string) => boolean

const UNRESOLVED: Target = { kind: 'unresolved' }
const TYPESCRIPT_OF: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
  '.jsx': ['.tsx'],
}
const REQUIRABLE = /\.(?:json|node|wasm)$/

/** Loads the resolver of package specifiers, which is a native module, and makes a resolver under some conditions. */
export async function loadImportResolver(conditions: readonly string[]): Promise<ImportResolver> {
  const { ResolverFactory: Factory } = await import('oxc-resolver')
  const requireConditions = conditions.map((name) => (name === 'import' ? 'require' : name))
  const forImport = { conditionNames: [...conditions], symlinks: false, nodePath: false }
  return createResolver({
    imports: new Factory(forImport),
    mappedImports: new Factory({ ...forImport, tsconfig: 'auto' }),
    requires: new Factory({ conditionNames: requireConditions, symlinks: false }),
  })
}

interface Resolvers {
  readonly imports: ResolverFactory
  readonly mappedImports: ResolverFactory
  readonly requires: ResolverFactory
}

function createResolver(resolvers: Resolvers): ImportResolver {
  return {
    resolve({ kind, specifier }, from, isFile) {
      if (kind === 'url') return resolveUrl(specifier, from, isFile)
      if (isBuiltin(specifier)) return { kind: 'named', name: `builtin ${specifier.replace(/^node:/, '')}` }
      if (kind === 'require') return resolveRequire(resolvers.requires, specifier, from)
      if (/^(?:\.{1,2}\/|\/|file:)/.test(specifier)) return resolveRelative(specifier, from, isFile)
      if (specifier.startsWith('data:')) return { kind: 'named', name: 'data' }
      return resolveBare(resolvers, specifier, from)
    },
  }
}

function resolveUrl(specifier: string, from: string, isFile: IsFile): Target {
  if (/^[A-Za-z][\w+.-]+:/.test(specifier) && !specifier.startsWith('file:')) return { kind: 'named', name: 'url' }
  const path = pathOf(specifier, from)
  if (path === undefined) return UNRESOLVED
  return existing(path, isFile) ?? { kind: 'named', name: existsSync(path) ? 'directory' : 'absent' }
}

function resolveRelative(specifier: string, from: string, isFile: IsFile): Target {
  const path = pathOf(specifier, from)
  return (path === undefined ? undefined : existing(path, isFile)) ?? UNRESOLVED
}

function resolveRequire(requires: ResolverFactory, specifier: string, from: string): Target {
  const path = requires.resolveFileSync(from, specifier).path
  if (path === undefined) return UNRESOLVED
  const file = withoutQuery(path)
  return isCodeFile(file) || REQUIRABLE.test(file) ? { kind: 'files', paths: [file] } : UNRESOLVED
}

/**
 * Node ignores `paths` of a tsconfig and other runners obey it; where both find something, both count, so whichever
 * of them runs, its code is in the closure.
 */
function resolveBare(resolvers: Resolvers, specifier: string, from: string): Target {
  const found = [resolvers.imports, resolvers.mappedImports].flatMap((resolver) => {
    const path = resolver.resolveFileSync(from, specifier).path
    return path === undefined ? [] : [withoutQuery(path)]
  })
  return found.length === 0 ? UNRESOLVED : { kind: 'files', paths: [...new Set(found)] }
}

function existing(path: string, isFile: IsFile): Target | undefined {
  if (isFile(path)) return { kind: 'files', paths: [path] }
  const extension = /\.[cm]?jsx?$/.exec(path)?.[0] ?? ''
  const base = path.slice(0, path.length - extension.length)
  const source = TYPESCRIPT_OF[extension]?.map((typescript) => base + typescript).find(isFile)
  return source === undefined ? undefined : { kind: 'files', paths: [source] }
}

function pathOf(specifier: string, from: string): string | undefined {
  if (/^[^%?#:\\]*$/.test(specifier)) return resolve(dirname(from), specifier)
  try {
    return fileURLToPath(new URL(specifier, pathToFileURL(from)))
  } catch {
    return undefined
  }
}

function withoutQuery(path: string): string {
  return path.replace(/[?#][^/\\]*$/, '')
}
