import { readFileSync } from 'node:fs'
import { dirname, relative, sep } from 'node:path'

import type { ModuleLexer } from '../modules/lexer.ts'
import { readModule, type ModuleRequest, type ModuleSource } from '../modules/read-module.ts'
import type { ImportResolver } from '../modules/resolve-import.ts'
import { lineAt } from '../modules/source-text.ts'
import { findInstalled } from '../packages/installed.ts'
import { isInNodeModules, isOwnPackage, type Manifests } from '../packages/manifest.ts'
import { PackageTable, type ReachedPackage } from '../packages/package-table.ts'
import { closureDigest } from './closure-digest.ts'
import { fileState, type FileState } from './file-stats.ts'

/** A file of a closure. */
export interface ReachedModule {
  /** Real path. */
  readonly path: string
  readonly source: ModuleSource
  readonly changedAtMs: number
  /** What each of its requests leads to, in their order, without any path outside of a package. */
  readonly targets: readonly (readonly string[])[]
}

/** All project files that a file reaches, numbered in the order in which they are found, and the packages. */
export interface Closure {
  readonly modules: readonly ReachedModule[]
  readonly packages: readonly ReachedPackage[]
  /** One digest of both. */
  readonly digest: string
}

/** Why a closure cannot be known, with the place if there is one. */
export interface UnknownClosure {
  readonly reason: string
  readonly file?: string | undefined
  readonly line?: number | undefined
}

/** What a walk works with; the memo and the manifests serve all walks of a process. */
export interface WalkTools {
  readonly lexer: ModuleLexer
  readonly resolver: ImportResolver
  readonly manifests: Manifests
  readonly memo: Map<string, { readonly stamp: string; readonly source: ModuleSource }>
}

/** Walks from a file over everything that it imports, requires or names by URL. */
export function walkClosure(root: string, tools: WalkTools): Closure | UnknownClosure {
  return new ClosureWalk(root, tools).run()
}

class ClosureWalk {
  readonly #tools: WalkTools
  readonly #root: string
  readonly #ownPackage: string | undefined
  readonly #files: FileState[] = []
  readonly #numbers = new Map<string, number>()
  readonly #packages: PackageTable
  readonly #realDirs = new Map<string, string>()
  readonly #states = new Map<string, FileState | undefined>()
  readonly #isFile = (path: string): boolean => this.#stateOf(path) !== undefined

  constructor(root: string, tools: WalkTools) {
    this.#root = root
    this.#tools = tools
    this.#ownPackage = tools.manifests.owning(dirname(root))?.name
    this.#packages = new PackageTable(tools.manifests)
  }

  run(): Closure | UnknownClosure {
    const start = this.#stateOf(this.#root)
    if (start === undefined) return { reason: 'its file cannot be read', file: this.#root }
    this.#numberOf(start)
    const modules: ReachedModule[] = []
    // The list grows while it is read: breadth first.
    for (const file of this.#files) {
      const found = this.#visit(file)
      if ('reason' in found) return found
      modules.push(found)
    }
    const packages = this.#packages.reached()
    if (typeof packages === 'string') return { reason: packages }
    return { modules, packages, digest: closureDigest({ modules, packages }) }
  }

  #visit(file: FileState): ReachedModule | UnknownClosure {
    const source = this.#read(file)
    if (source === undefined) return { reason: 'a file that it reaches cannot be read', file: file.path }
    if (source.refusal !== undefined) return unknownAt(file.path, source.refusal)
    const targets: (readonly string[])[] = []
    for (const request of source.requests) {
      const found = this.#follow(request, file.path)
      if (found === undefined) {
        return unknownAt(file.path, { reason: `${request.specifier} cannot be resolved`, offset: request.offset })
      }
      targets.push(found)
    }
    return { path: file.path, source, changedAtMs: file.changedAtMs, targets }
  }

  #read(file: FileState): ModuleSource | undefined {
    const known = this.#tools.memo.get(file.path)
    if (known?.stamp === file.stamp) return known.source
    try {
      const source = readModule(file.path, this.#tools.lexer)
      this.#tools.memo.set(file.path, { stamp: file.stamp, source })
      return source
    } catch {
      return undefined
    }
  }

  #follow(request: ModuleRequest, from: string): readonly string[] | undefined {
    if (request.kind !== 'url' && this.#isInstalledOwn(request.specifier, from)) return ['cairn']
    const target = this.#tools.resolver.resolve(request, from, this.#isFile)
    if (target.kind === 'unresolved') return undefined
    if (target.kind === 'named') return [request.kind, target.name]
    const found = target.paths.flatMap((path) => this.#reach(path) ?? [])
    return found.length === target.paths.length ? [request.kind, ...found] : undefined
  }

  /** Cairn's own packages are recognised before they are resolved, because they may not be built. */
  #isInstalledOwn(specifier: string, from: string): boolean {
    const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? ''
    return isOwnPackage(name) && name !== this.#ownPackage && findInstalled(name, dirname(from)) !== undefined
  }

  #reach(path: string): string | undefined {
    const file = this.#stateOf(path)
    if (file === undefined) return undefined
    const owner = this.#tools.manifests.owning(dirname(file.path))
    if (owner !== undefined && isOwnPackage(owner.name) && owner.name !== this.#ownPackage) return 'cairn'
    if (!isInNodeModules(file.path)) return `module ${this.#numberOf(file)}`
    if (owner === undefined || !isInNodeModules(owner.dir)) return undefined
    const inside = relative(owner.dir, file.path).split(sep).join('/')
    return `package ${this.#packages.numberOf(owner)} ${inside}`
  }

  #stateOf(path: string): FileState | undefined {
    if (!this.#states.has(path)) this.#states.set(path, fileState(path, this.#realDirs))
    return this.#states.get(path)
  }

  #numberOf(file: FileState): number {
    const known = this.#numbers.get(file.path)
    if (known !== undefined) return known
    const number = this.#files.length
    this.#numbers.set(file.path, number)
    this.#files.push(file)
    return number
  }
}

function unknownAt(file: string, refusal: { readonly reason: string; readonly offset: number }): UnknownClosure {
  try {
    return { reason: refusal.reason, file, line: lineAt(readFileSync(file, 'utf8'), refusal.offset) }
  } catch {
    return { reason: refusal.reason, file }
  }
}
