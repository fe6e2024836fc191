import { existsSync } from 'node:fs'
import nodeModule from 'node:module'
import nodePath from 'node:path'

/** Where a package comes from, as Yarn names it. */
export interface PnpLocator {
  readonly name: string
  readonly reference: string
}

/** What is used of the API that Yarn's Plug'n'Play puts into a process: https://yarnpkg.com/advanced/pnpapi. */
export interface PnpApi {
  findPackageLocator(path: string): PnpLocator | null
  getPackageInformation(locator: PnpLocator): PnpPackage | null
  /** @throws Error where the issuer may not ask for it */
  resolveToUnqualified(request: string, issuer: string | null, options?: PnpOptions): string | null
  /** @throws Error where the issuer may not ask for it, or it is not there */
  resolveRequest(request: string, issuer: string | null, options?: PnpOptions): string | null
}

/** What Plug'n'Play knows of a package. */
export interface PnpPackage {
  /** Absolute path of its folder, with a separator at the end; the folder may be in an archive. */
  readonly packageLocation: string
  /** What each name means that it may ask for; `null` for a peer that nobody supplies. */
  readonly packageDependencies: ReadonlyMap<string, unknown>
}

interface PnpOptions {
  readonly considerBuiltins?: boolean
  /** Endings that may be left out. */
  readonly extensions?: readonly string[]
  /** @default those of `require` */
  readonly conditions?: ReadonlySet<string>
}

/** The Plug'n'Play that resolves what a file imports; `undefined` where Node itself does. */
export function pnpApiFor(path: string): PnpApi | undefined {
  if (process.versions['pnp'] === undefined) return undefined
  // Sound: Yarn documents this function, which it adds to the module when it is loaded.
  const { findPnpApi } = nodeModule as { readonly findPnpApi?: (path: string) => PnpApi | null }
  return findPnpApi?.(path) ?? undefined
}

/** The folder of a package that a package in another folder asks for, where it is installed. */
export function packageInPnp(api: PnpApi, name: string, from: string): string | undefined {
  try {
    const found =
      api.resolveToUnqualified(name, nodePath.join(from, 'package.json'), { considerBuiltins: false }) ?? undefined
    const dir = found?.replace(/[\\/]$/, '')
    return dir !== undefined && existsSync(nodePath.join(dir, 'package.json')) ? dir : undefined
  } catch {
    return undefined
  }
}
