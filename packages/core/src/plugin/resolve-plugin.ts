import { existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

import { cairnError } from '../errors/cairn-error.ts'
import { declaredPackages } from '../packages/declared-packages.ts'
import {
  installedPackage,
  isPackageName,
  type InstalledPackage,
  type PackageManifest,
} from '../packages/installed-package.ts'
import { packageEntry } from '../packages/package-entry.ts'
import type { Plugin } from './define-plugin.ts'
import { isPathUse, meantFile, pluginFileUrl } from './plugin-file.ts'

/** Where plugins are looked for. */
export interface PluginSearch {
  /** The user's project: what is installed there comes first. */
  readonly projectDir: string
  /** Folders of packages that bring plugins of their own. */
  readonly fallbackDirs: readonly string[]
  /** What this search has found already: what a stack names twice is looked for once. */
  readonly found?: Map<string, FoundPlugin> | undefined
}

/** A plugin that was found and loaded. */
export interface FoundPlugin {
  /** The package, or the path as it is written. */
  readonly packageName: string
  readonly plugin: Plugin
}

/** A plugin that was found. */
export interface ResolvedPlugin {
  /** The package, or the path as it is written. */
  readonly packageName: string
  /** What to import. */
  readonly url: string
  /** The real folder of the package; a path has none. */
  readonly folder?: string | undefined
  /** What the package says of itself; a path has none. */
  readonly manifest?: PackageManifest | undefined
}

const MAX_NAME = 190

/** `package#type` in its two parts; a path may hold the sign in the names of folders. */
export function useParts(use: string): { readonly name: string; readonly type?: string | undefined } {
  const at = use.lastIndexOf('#')
  const isSplit = at > 0 && !/[\\/]/.test(use.slice(at))
  return isSplit ? { name: use.slice(0, at), type: use.slice(at + 1) } : { name: use }
}

/**
 * Finds what is behind the `use` of a stack: a path from the project's folder; `local` is `@cairnml/plugin-local`, else
 * `cairnml-plugin-local`, else the package `local` if it is a plugin; a name with a scope or that prefix is a package
 * name as it stands.
 *
 * @throws CAIRN_PLUGIN_MISSING, CAIRN_PLUGIN_AMBIGUOUS, CAIRN_PLUGIN_INVALID
 */
export async function resolvePlugin(use: string, search: PluginSearch): Promise<ResolvedPlugin> {
  if (isPathUse(use)) return { packageName: use, url: pluginFileUrl(use, search.projectDir) }
  assertPackageName(use, search)
  const tried = packageNames(use)
  const libraries: string[] = []
  for (const from of [search.projectDir, ...search.fallbackDirs]) {
    const found = tried.flatMap((packageName) => installed(from, packageName))
    if (found.length > 1) {
      throw cairnError('CAIRN_PLUGIN_AMBIGUOUS', { use, found: found.map((plugin) => plugin.packageName) })
    }
    const own = found.length === 0 && isShort(use) ? packageFrom(from, use) : undefined
    const [only] = own !== undefined && isMadeForCairn(own) ? installed(from, use) : found
    if (only !== undefined) return only
    if (own !== undefined) libraries.push(use)
  }
  const install = await installLine(use, search)
  throw cairnError('CAIRN_PLUGIN_MISSING', { use, tried, from: search.projectDir, install, library: libraries[0] })
}

/** What installs a plugin that is not there. A short name may be another's package: `plugin add` tries them in order. */
async function installLine(use: string, { projectDir }: PluginSearch): Promise<string> {
  const { addCommand, installCommand, packageManagerOf, runCommand } = await import('../package-manager/index.ts')
  const manager = await packageManagerOf(projectDir)
  const named = declaredPackages(projectDir)
  if (packageNames(use).some((name) => named.includes(name))) return installCommand(manager).join(' ')
  return isShort(use) ? runCommand(manager, `cairn plugin add ${use}`) : addCommand(manager, [use]).join(' ')
}

/**
 * Finds a plugin by the whole name of its package.
 *
 * @returns `undefined` where it is not installed
 * @throws CAIRN_PLUGIN_INVALID if its manifest cannot be read
 */
export function installedPlugin(
  packageName: string,
  { projectDir, fallbackDirs }: PluginSearch,
): ResolvedPlugin | undefined {
  for (const from of [projectDir, ...fallbackDirs]) {
    const [found] = installed(from, packageName)
    if (found !== undefined) return found
  }
  return undefined
}

function assertPackageName(use: string, { projectDir }: PluginSearch): void {
  const isName = use.length <= MAX_NAME && isPackageName(use)
  const file = isName && !use.includes('.') ? undefined : meantFile(use, projectDir)
  if (isName && file === undefined) return
  const shown = use.length > MAX_NAME ? `${use.slice(0, MAX_NAME)}...` : use
  throw cairnError('CAIRN_PLUGIN_INVALID', {
    plugin: `"${shown}"`,
    problem: file === undefined ? 'it is neither the name of a package nor a path' : 'it is a file without its path',
    remedy:
      file === undefined
        ? "Write a short name like 's3', the name of a package, or a path like './my-store.ts'; 'package#component' names one of several."
        : `Write '${file}'.`,
  })
}

function packageNames(use: string): readonly string[] {
  return isShort(use) ? [`@cairnml/plugin-${use}`, `cairnml-plugin-${use}`] : [use]
}

function isShort(use: string): boolean {
  return !use.startsWith('@') && !use.startsWith('cairnml-plugin-')
}

function installed(from: string, packageName: string): readonly ResolvedPlugin[] {
  const found = packageFrom(from, packageName)
  const file = found === undefined ? undefined : packageEntry(found)
  if (found === undefined || file === undefined || !existsSync(file)) return []
  const { folder, manifest } = found
  return [{ packageName, url: pathToFileURL(file).href, folder, manifest }]
}

function packageFrom(from: string, packageName: string): InstalledPackage | undefined {
  try {
    return installedPackage(packageName, from)
  } catch (error) {
    const problem = `its package.json cannot be used: ${error instanceof Error ? error.message : String(error)}`
    const remedy = 'Install it again, or correct its package.json.'
    throw cairnError('CAIRN_PLUGIN_INVALID', { plugin: packageName, problem, remedy }, { cause: error })
  }
}

/** A package of just that name counts if it says that it is made for Cairn: `redis` is a client, and no plugin. */
function isMadeForCairn({ manifest }: InstalledPackage): boolean {
  const needed = { ...manifest.dependencies, ...manifest.peerDependencies }
  return '@cairnml/core' in needed || 'cairnml' in needed
}
