import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { packageInPnp, type PnpApi } from '@cairnml/core/packages'

import { packageNameOf } from '../link/package-name.ts'
import { readPackageJson } from '../packages/package-json.ts'

/** An import of a package, or of a name that begins with `#`. */
export interface PnpRequest {
  readonly from: string
  readonly specifier: string
  readonly isRequire: boolean
  /** Of an `import` in this process. */
  readonly conditions: readonly string[]
}

/** What an import under Plug'n'Play leads to. */
export interface PnpResolution {
  /** `undefined` where it leads nowhere. */
  readonly path: string | undefined
  /** The file `package.json` that decided, besides Yarn. */
  readonly packageJsonPath: string | undefined
}

/** Resolves as the hooks do that Yarn has put into this process, for `import` and for `require`. */
export function resolveInPnp(api: PnpApi, request: PnpRequest): PnpResolution {
  try {
    const path = api.resolveRequest(request.specifier, request.from, optionsOf(api, request)) ?? undefined
    return { path, packageJsonPath: decidingManifest(api, request, path) }
  } catch {
    return { path: undefined, packageJsonPath: decidingManifest(api, request, undefined) }
  }
}

/** The names of packages that one in a folder may ask for: Yarn's settings can add some to its own. */
export function namesInPnp(api: PnpApi, dir: string): readonly string[] {
  const locator = api.findPackageLocator(join(dir, 'package.json'))
  const known = locator === null ? null : api.getPackageInformation(locator)
  if (locator === null || known === null) return []
  return Array.from(known.packageDependencies.keys()).filter((name) => name !== locator.name)
}

function optionsOf(
  api: PnpApi,
  { from, specifier, isRequire, conditions }: PnpRequest,
): Parameters<PnpApi['resolveRequest']>[2] {
  // Yarn knows which conditions its `require` has, and that it implies endings.
  if (isRequire) return {}
  const options = { conditions: new Set(conditions) }
  const name = packageNameOf(specifier)
  const dir = specifier === name ? packageInPnp(api, name, dirname(from)) : undefined
  const isOldStyle = dir !== undefined && readPackageJson(dir)?.hasExports === false
  return isOldStyle ? options : { ...options, extensions: [] }
}

/** `imports` of the nearest manifest decides over names with `#`, `exports` of the package over others. */
function decidingManifest(api: PnpApi, { from, specifier }: PnpRequest, path: string | undefined): string | undefined {
  if (specifier.startsWith('#')) return nearestManifest(dirname(from))
  const locator = path === undefined ? null : api.findPackageLocator(path)
  const dir = locator === null ? undefined : api.getPackageInformation(locator)?.packageLocation
  return dir === undefined ? undefined : join(dir, 'package.json')
}

function nearestManifest(dir: string): string | undefined {
  const manifest = join(dir, 'package.json')
  if (existsSync(manifest)) return manifest
  return dirname(dir) === dir ? undefined : nearestManifest(dirname(dir))
}
