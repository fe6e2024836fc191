import { existsSync, lstatSync, realpathSync, statSync, type Stats } from 'node:fs'
import { isBuiltin } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'

import {
  createCompilerSettings,
  createSourceResolvers,
  mappedPaths,
  tsconfigFiles,
  type CompilerSettings,
  type SourceResolvers,
} from '@cairnml/loader/modules'
import { pnpApiFor } from '@cairnml/core/packages'

import { packageNameOf } from './package-name.ts'
import { isInNodeModules, isOwnPackage, Manifests, type Manifest } from '../packages/manifest.ts'
import { pnpFiles } from '../pnp/pnp-files.ts'
import { resolveInPnp } from '../pnp/resolve-in-pnp.ts'
import { decodedPath, pathOfUrl } from './path-of-url.ts'
import { rivalFiles } from './rival-files.ts'

/** Where a specifier leads to. */
export type Resolved =
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'package'; readonly manifest: Manifest; readonly file: string; readonly specifier: string }
  | { readonly kind: 'builtin'; readonly builtin: string }
  | { readonly kind: 'cairn' }
  | { readonly kind: 'unresolved'; readonly specifier: string; readonly reason: string }

/** What a resolver says. */
interface Found {
  readonly path?: string | undefined
  readonly packageJsonPath?: string | undefined
}

const CODE = /\.[cm]?[jt]sx?$/

/**
 * Resolves specifiers as Node and the loader do, each once. What runners would resolve to different files is left
 * unresolved: which of them runs the code must not count.
 */
export class ModuleResolver {
  /** Files that decided: manifests of the project, by `imports` and `exports`, and its tsconfigs. */
  readonly consulted: Set<string> = new Set()
  /** Paths that were looked for first and are not there. */
  readonly absent: Set<string> = new Set()
  readonly #known = new Map<string, Resolved>()
  readonly #realDirs = new Map<string, string>()
  readonly #manifests = new Manifests()
  readonly #conditions: readonly string[]
  readonly #resolvers: SourceResolvers
  readonly #settingsOf = createCompilerSettings()
  /** Folders whose tsconfig was looked for. */
  readonly #configured = new Set<string>()

  constructor(conditions: readonly string[]) {
    this.#conditions = conditions
    this.#resolvers = createSourceResolvers(conditions)
  }

  resolve(from: string, specifier: string, isRequire = false): Resolved {
    const key = `${isRequire ? 'r' : 'i'}${dirname(from)}\n${specifier}`
    let resolved = this.#known.get(key)
    if (resolved === undefined) {
      resolved = this.#resolve(from, specifier, isRequire)
      this.#known.set(key, resolved)
    }
    return resolved
  }

  /** The file that `new URL(specifier, import.meta.url)` names; `undefined` for other URLs and what is no file. */
  fileOfUrl(from: string, specifier: string): string | undefined {
    if (/^[A-Za-z][\w+.-]+:/.test(specifier) && !specifier.startsWith('file:')) return undefined
    const path = specifier.startsWith('file:') ? pathOfUrl(specifier) : resolve(dirname(from), decodedPath(specifier))
    if (path === undefined) return undefined
    if (isFile(path)) return realpathSync(path)
    this.absent.add(path)
    return undefined
  }

  #resolve(from: string, given: string, isRequire: boolean): Resolved {
    if (isBuiltin(given)) return { kind: 'builtin', builtin: given.replace(/^node:/, '') }
    if (isOwnPackage(packageNameOf(given))) return { kind: 'cairn' }
    const isRelative = /^(?:\.{1,2}(?:\/|$)|\/|file:)/.test(given)
    const specifier = given.startsWith('file:') ? pathOfUrl(given) : given
    if (specifier === undefined) return unresolved(given, 'it is no file')
    if (isRelative) return this.#resolveRelative(from, specifier, isRequire)
    if (/^[a-z][a-z+.-]+:/.test(specifier)) return unresolved(given, 'it is no file')
    return this.#resolveBare(from, specifier, isRequire)
  }

  #resolveRelative(from: string, specifier: string, isRequire: boolean): Resolved {
    const path = resolve(dirname(from), decodedPath(specifier).replace(/[?#].*$/, ''))
    const { imports, requires } = this.#resolvers
    const exact = this.#realFile(path)
    if (exact === undefined) this.absent.add(path)
    const found = exact ?? (isRequire ? requires : imports).resolveFileSync(from, specifier).path
    if (found === undefined) return unresolved(specifier, 'it does not resolve')
    const file = exact ?? withoutQuery(found)
    const rival = this.#rival(from, path, exact === undefined ? file : path)
    if (rival === undefined) return this.#fileOrPackage(file, specifier)
    return unresolved(specifier, bothThere(file, rival))
  }

  /** Another file that some runner would take for the same specifier. */
  #rival(from: string, path: string, found: string): string | undefined {
    const rivals = rivalFiles({ from, path, found })
    const rival = rivals.find((file) => isFile(file) && realpathSync(file) !== found)
    for (const other of rivals) if (!existsSync(other)) this.absent.add(other)
    return rival === undefined ? undefined : basename(rival)
  }

  /** The same for a path of the tsconfig; those that come before it must stay away. */
  #mappedRival(from: string, specifier: string, found: string): string | undefined {
    for (const path of mappedPaths(specifier, this.settingsOf(from)?.paths)) {
      if (found.startsWith(path)) return this.#rival(from, path, found)
      for (const other of rivalFiles({ from, path, found })) if (!existsSync(other)) this.absent.add(other)
      if (!existsSync(path)) this.absent.add(path)
    }
    return undefined
  }

  /** The real path of a file; the folders on the way are looked at once. */
  #realFile(path: string): string | undefined {
    if (stateOf(path)?.isFile() !== true) return isFile(path) ? realpathSync(path) : undefined
    const dir = dirname(path)
    let realDir = this.#realDirs.get(dir)
    if (realDir === undefined) {
      realDir = realpathSync(dir)
      this.#realDirs.set(dir, realDir)
    }
    return join(realDir, basename(path))
  }

  #resolveBare(from: string, specifier: string, isRequire: boolean): Resolved {
    this.#consultTsconfig(from)
    const found = this.#inPnp(from, specifier, isRequire) ?? this.#inNodeModules(from, specifier, isRequire)
    const paths = new Set(found.flatMap(({ path }) => (path === undefined ? [] : [withoutQuery(path)])))
    const [path, other] = paths
    if (path === undefined) return unresolved(specifier, 'it does not resolve')
    if (other !== undefined) return unresolved(specifier, 'paths of the tsconfig lead elsewhere than Node')
    const rival = found[0]?.path === undefined ? this.#mappedRival(from, specifier, path) : undefined
    if (rival !== undefined) return unresolved(specifier, bothThere(path, rival))
    for (const { packageJsonPath } of found) if (packageJsonPath !== undefined) this.#consult(packageJsonPath)
    return this.#fileOrPackage(path, specifier)
  }

  /** What Node finds, and what the tsconfig has for it. */
  #inNodeModules(from: string, specifier: string, isRequire: boolean): readonly Found[] {
    const { imports, requires, mappedImports, mappedRequires } = this.#resolvers
    if (!specifier.startsWith('#')) this.#lookNearer(from, packageNameOf(specifier))
    const resolvers = isRequire ? [requires, mappedRequires] : [imports, mappedImports]
    return resolvers.map((resolver) => resolver.resolveFileSync(from, specifier))
  }

  /** The same where Yarn's Plug'n'Play resolves in place of Node. */
  #inPnp(from: string, specifier: string, isRequire: boolean): readonly Found[] | undefined {
    const api = pnpApiFor(from)
    if (api === undefined) return undefined
    for (const file of pnpFiles(api)) this.consulted.add(file)
    const found = resolveInPnp(api, { from, specifier, isRequire, conditions: this.#conditions })
    const { mappedImports, mappedRequires } = this.#resolvers
    const mapped = (isRequire ? mappedRequires : mappedImports).resolveFileSync(from, specifier)
    // Packages it finds as Yarn does, but for the conditions of `require`.
    return found.path !== undefined && isInNodeModules(mapped.path ?? '') ? [found] : [found, mapped]
  }

  /** How the syntax of a file is compiled; `undefined` where its tsconfig, or one that it extends, cannot be read. */
  settingsOf(file: string): CompilerSettings | undefined {
    this.#consultTsconfig(file)
    try {
      return this.#settingsOf(file)
    } catch {
      return undefined
    }
  }

  /** Notes that the tsconfig of a file decides. */
  #consultTsconfig(file: string): void {
    const folder = dirname(file)
    if (this.#configured.has(folder)) return
    this.#configured.add(folder)
    const { files, absent } = tsconfigFiles(folder)
    for (const path of files) this.consulted.add(path)
    for (const path of absent) this.absent.add(path)
  }

  /** An installed package that appears nearer than the one that was found would be taken in its place. */
  #lookNearer(from: string, name: string): void {
    for (let dir = dirname(from); ; dir = dirname(dir)) {
      const candidate = join(dir, 'node_modules', name)
      if (existsSync(candidate) || dirname(dir) === dir) return
      if (basename(dir) !== 'node_modules') this.absent.add(candidate)
    }
  }

  #consult(manifest: string): void {
    if (!isInNodeModules(manifest)) this.consulted.add(manifest)
  }

  #fileOrPackage(file: string, specifier: string): Resolved {
    if (!isInNodeModules(file)) return { kind: 'file', file }
    const manifest = this.#manifests.owning(dirname(file))
    if (manifest === undefined) return unresolved(specifier, 'its package has no name and version')
    return isOwnPackage(manifest.name) ? { kind: 'cairn' } : { kind: 'package', manifest, file, specifier }
  }
}

/** Whether a file is code that is followed into. */
export function isCode(file: string): boolean {
  return CODE.test(file)
}

function unresolved(specifier: string, reason: string): Resolved {
  return { kind: 'unresolved', specifier, reason }
}

function bothThere(file: string, rival: string): string {
  return `${basename(file)} and ${rival} are both there, and runners differ in which they take`
}

/** No file system has a place of such a name where it throws: it is too long, or holds a null character. */
function stateOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile()
}

function withoutQuery(path: string): string {
  return path.replace(/[?#][^/\\]*$/, '')
}
