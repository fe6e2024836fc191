import { existsSync, statSync } from 'node:fs'
import nodePath from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

import { cairnError } from '../errors/cairn-error.ts'
import type { Plugin } from './define-plugin.ts'
import { installedPackage, type PackageManifest } from '../packages/installed-package.ts'
import { packageEntry } from '../packages/package-entry.ts'

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
  /** What the package says of itself; a path has none. */
  readonly manifest?: PackageManifest | undefined
}

const PATH = /^\.{1,2}[\\/]|^file:/
const MODULE = /(?<!\.d)\.[cm]?[jt]sx?$/

/** Whether the `use` of a stack is a file of the project, which is code that anybody can write there. */
export function isPathUse(use: string): boolean {
  return PATH.test(use) || nodePath.isAbsolute(use)
}

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
  if (isPathUse(use)) return { packageName: use, url: fileUrl(use, search.projectDir) }
  const tried = packageNames(use)
  for (const from of [search.projectDir, ...search.fallbackDirs]) {
    const found = tried.flatMap((packageName) => installed(from, packageName))
    if (found.length > 1) {
      throw cairnError('CAIRN_PLUGIN_AMBIGUOUS', { use, found: found.map((plugin) => plugin.packageName) })
    }
    const [only] = found.length > 0 ? found : ownName(from, use)
    if (only !== undefined) return only
  }
  const { addCommand, packageManagerOf } = await import('../package-manager/index.ts')
  const install = addCommand(await packageManagerOf(search.projectDir), tried.slice(0, 1)).join(' ')
  throw cairnError('CAIRN_PLUGIN_MISSING', { use, tried, from: search.projectDir, install })
}

function fileUrl(use: string, projectDir: string): string {
  const path = use.startsWith('file:') ? fileURLToPath(use) : nodePath.resolve(projectDir, use)
  const isThere = statSync(path, { throwIfNoEntry: false })?.isFile() === true
  if (isThere && MODULE.test(path)) return pathToFileURL(path).href
  const problem = isThere ? 'it is no TypeScript or JavaScript file' : `there is no file ${path}`
  throw cairnError('CAIRN_PLUGIN_INVALID', { plugin: use, problem })
}

function packageNames(use: string): readonly string[] {
  if (use.startsWith('@') || use.startsWith('cairnml-plugin-')) return [use]
  return [`@cairnml/plugin-${use}`, `cairnml-plugin-${use}`]
}

function installed(from: string, packageName: string): readonly ResolvedPlugin[] {
  const found = installedPackage(packageName, from)
  const file = found === undefined ? undefined : packageEntry(found)
  if (found === undefined || file === undefined || !existsSync(file)) return []
  return [{ packageName, url: pathToFileURL(file).href, manifest: found.manifest }]
}

/** A package of just that name counts if it says that it is made for Cairn: `redis` is a client, and no plugin. */
function ownName(from: string, use: string): readonly ResolvedPlugin[] {
  if (packageNames(use).includes(use)) return []
  return installed(from, use).filter(({ manifest }) => {
    const needed = { ...manifest?.dependencies, ...manifest?.peerDependencies }
    return '@cairnml/core' in needed || 'cairnml' in needed
  })
}
