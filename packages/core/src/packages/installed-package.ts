import { readFileSync, realpathSync, statSync } from 'node:fs'
import nodePath from 'node:path'

import { packageInPnp, pnpApiFor } from './pnp-api.ts'

/** What a manifest says that matters to who looks for a package. Anybody may have written it: nothing in it is sure. */
export interface PackageManifest {
  readonly version?: unknown
  readonly exports?: unknown
  readonly dependencies?: { readonly [name: string]: unknown } | undefined
  readonly peerDependencies?: { readonly [name: string]: unknown } | undefined
}

/** A package that is installed. */
export interface InstalledPackage {
  /** Its real folder. */
  readonly folder: string
  readonly manifest: PackageManifest
}

const NAME = /^(?:@[a-z\d~][\w.~-]*\/)?[a-z\d~][\w.~-]*$/i

/** Whether a text is what npm takes for a name; nothing else is ever put into a path, or a command that is shown. */
export function isPackageName(text: string): boolean {
  return NAME.test(text)
}

/**
 * The package that an import in a folder means: in the nearest `node_modules`, or what Plug'n'Play knows by that name.
 * Only files are looked at, which is quicker than to ask Node's resolver for what may not be there.
 *
 * @returns `undefined` if there is none, and for a name that no package can have
 * @throws if its manifest cannot be read
 */
export function installedPackage(name: string, from: string): InstalledPackage | undefined {
  if (!isPackageName(name)) return undefined
  const pnp = pnpApiFor(`${from}${nodePath.sep}`)
  const folder = pnp === undefined ? folderInModules(name, from) : packageInPnp(pnp, name, from)
  return folder === undefined ? undefined : packageIn(folder)
}

/**
 * The package that a file is in, by the nearest manifest above it.
 *
 * @throws if that cannot be read
 */
export function packageOfFile(file: string): InstalledPackage | undefined {
  const folder = nearest(nodePath.dirname(file), (dir) => dir)
  return folder === undefined ? undefined : packageIn(folder)
}

function packageIn(folder: string): InstalledPackage {
  const file = nodePath.join(folder, 'package.json')
  const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'))
  if (typeof manifest === 'object' && manifest !== null) return { folder, manifest }
  throw new SyntaxError(`${file} holds no object`)
}

function folderInModules(name: string, from: string): string | undefined {
  const folder = nearest(from, (dir) => `${dir}${nodePath.sep}node_modules${nodePath.sep}${name}`)
  return folder === undefined ? undefined : realpathSync.native(folder)
}

/** The first folder with a manifest among those that belong to a folder and the folders above it. */
function nearest(from: string, folderOf: (dir: string) => string): string | undefined {
  for (let dir = nodePath.resolve(from), below = ''; dir !== below; dir = nodePath.dirname(dir)) {
    const folder = folderOf(dir)
    if (statSync(`${folder}${nodePath.sep}package.json`, { throwIfNoEntry: false })?.isFile() === true) return folder
    below = dir
  }
  return undefined
}
