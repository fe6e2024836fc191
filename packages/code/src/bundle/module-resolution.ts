import { isBuiltin } from 'node:module'
import { basename, dirname, extname, isAbsolute } from 'node:path'
import { pathToFileURL } from 'node:url'

import { isCode } from '../link/module-resolver.ts'
import { isInNodeModules, isOwnPackage, Manifests, type Manifest } from '../packages/manifest.ts'
import type { BundleSource } from './bundle-source.ts'
import { FACADE_MODULE, isAuthoringPackage } from './cairn-facade.ts'
import type { BundleProfile } from './code-bundle.ts'
import { isNativePackage } from './native-packages.ts'
import { UnbundleableError } from './unbundleable-error.ts'

/** Files besides code that can be linked; one without extension is CommonJS. */
const LINKABLE = new Set(['.json', ''])

/** A module that is no file. */
export interface VirtualModule {
  readonly text: string
  /** Whether it stays although nothing of it is used. */
  readonly hasEffects: boolean
}

/** What resolution depends on. */
export interface ResolutionOptions {
  readonly source: BundleSource
  readonly profile: BundleProfile
  /** By id. */
  readonly virtual: ReadonlyMap<string, VirtualModule>
  /** Names of packages that stay outside. */
  readonly outside: ReadonlySet<string>
}

/** Where a module is found, as the linker wants it; `null` for where it would look itself. */
export type ResolvedId = {
  readonly id: string
  readonly external?: boolean
  readonly moduleSideEffects?: boolean
} | null

/** How one specifier is used. */
export interface ResolveRequest {
  readonly isRequire: boolean
  /** Asks the linker. */
  readonly otherwise: () => Promise<{ readonly id: string; readonly external: unknown } | null>
}

/** Resolves specifiers of the modules of one file of a bundle. */
export class ModuleResolution {
  /** Versions, by name, of the packages that stay outside. */
  readonly packages: Map<string, string> = new Map()
  readonly #options: ResolutionOptions
  readonly #manifests = new Manifests()
  readonly #native = new Map<string, boolean>()

  constructor(options: ResolutionOptions) {
    this.#options = options
  }

  async resolve(id: string, importer: string | undefined, request: ResolveRequest): Promise<ResolvedId> {
    const virtual = this.#options.virtual.get(id)
    if (virtual !== undefined) return { id, moduleSideEffects: virtual.hasEffects }
    if (importer === undefined) return { id, moduleSideEffects: true }
    if (isBuiltin(id)) return { id, external: true }
    if (importer === FACADE_MODULE) return id.startsWith('file:') ? { id, external: true } : null
    if (this.#isProjectModule(importer)) return this.#fromProject(id, importer, request)
    return isAbsolute(id) || id.startsWith('.') ? null : this.#fromPackage(id, request)
  }

  #isProjectModule(importer: string): boolean {
    if (importer.startsWith('\0')) return this.#options.virtual.has(importer)
    if (isInNodeModules(importer)) return false
    return !isOwnPackage(this.#manifests.owning(dirname(importer))?.name ?? '')
  }

  async #fromProject(id: string, importer: string, request: ResolveRequest): Promise<ResolvedId> {
    const { source, virtual } = this.#options
    if (isAbsolute(id)) return this.#file(id, request)
    if (isAuthoringPackage(id) && virtual.has(FACADE_MODULE)) return { id: FACADE_MODULE }
    const target = source.resolve(importer, id, request.isRequire ? 'require' : 'import')
    switch (target.kind) {
      case 'file':
        return this.#file(target.file, request)
      case 'package':
        return this.#package(target.manifest, { id, file: target.file, request })
      case 'cairn':
        return this.#cairn(request)
      default:
        return { id, external: true }
    }
  }

  #file(file: string, { isRequire }: ResolveRequest): ResolvedId {
    if (isCode(file) || LINKABLE.has(extname(file))) return { id: file, moduleSideEffects: true }
    if (this.#options.profile === 'local') return { id: isRequire ? file : pathToFileURL(file).href, external: true }
    throw new UnbundleableError(`it loads ${basename(file)}, which cannot be put into a bundle`)
  }

  /** A package that a package imports. */
  async #fromPackage(id: string, request: ResolveRequest): Promise<ResolvedId> {
    const found = await request.otherwise()
    if (found === null || found.external === true) return { id, external: true }
    const manifest = isInNodeModules(found.id) ? this.#manifests.owning(dirname(found.id)) : undefined
    return manifest === undefined ? null : this.#package(manifest, { id, file: found.id, request })
  }

  #package(
    manifest: Pick<Manifest, 'dir' | 'name' | 'version'>,
    { id, file, request }: { readonly id: string; readonly file: string; readonly request: ResolveRequest },
  ): ResolvedId {
    // `require` takes no URLs.
    if (this.#options.profile === 'local')
      return { id: request.isRequire ? file : pathToFileURL(file).href, external: true }
    if (!this.#options.outside.has(manifest.name) && !this.#isNative(manifest.dir)) return null
    this.packages.set(manifest.name, manifest.version ?? '')
    return { id, external: true }
  }

  async #cairn(request: ResolveRequest): Promise<ResolvedId> {
    if (this.#options.profile === 'portable') return null
    const found = await request.otherwise()
    return found === null ? null : { id: request.isRequire ? found.id : pathToFileURL(found.id).href, external: true }
  }

  #isNative(dir: string): boolean {
    let isNative = this.#native.get(dir)
    if (isNative === undefined) {
      isNative = isNativePackage(dir)
      this.#native.set(dir, isNative)
    }
    return isNative
  }
}
