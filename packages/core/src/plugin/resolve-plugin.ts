import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import nodePath from 'node:path'
import { pathToFileURL } from 'node:url'

import { cairnError } from '../errors/cairn-error.ts'
import { importTarget } from './import-target.ts'

/** Where plugins are looked for. */
export interface PluginSearch {
  /** The user's project: what is installed there comes first. */
  readonly projectDir: string
  /** Folders of packages that bring plugins of their own. */
  readonly fallbackDirs: readonly string[]
}

/** A plugin that was found. */
export interface ResolvedPlugin {
  readonly packageName: string
  /** What to import. */
  readonly url: string
}

/**
 * Finds the package behind the `use` of a stack: `local` is `@cairnml/plugin-local`, else `cairnml-plugin-local`; a
 * name with a scope or that prefix is a package name as it stands.
 *
 * @throws CAIRN_PLUGIN_MISSING, CAIRN_PLUGIN_AMBIGUOUS
 */
export function resolvePlugin(use: string, search: PluginSearch): ResolvedPlugin {
  const tried = packageNames(use)
  for (const from of [search.projectDir, ...search.fallbackDirs]) {
    const found = tried.flatMap((packageName) => {
      const file = resolveFrom(from, packageName)
      return file === undefined ? [] : [{ packageName, url: pathToFileURL(file).href }]
    })
    if (found.length > 1) {
      throw cairnError('CAIRN_PLUGIN_AMBIGUOUS', { use, found: found.map((plugin) => plugin.packageName) })
    }
    const [only] = found
    if (only !== undefined) return only
  }
  const install = `${addCommand(search.projectDir)} ${tried[0] ?? use}`
  throw cairnError('CAIRN_PLUGIN_MISSING', { use, tried, from: search.projectDir, install })
}

function packageNames(use: string): readonly string[] {
  if (use.startsWith('@') || use.startsWith('cairnml-plugin-')) return [use]
  return [`@cairnml/plugin-${use}`, `cairnml-plugin-${use}`]
}

function resolveFrom(dir: string, packageName: string): string | undefined {
  const parent = nodePath.join(dir, 'package.json')
  try {
    return createRequire(parent).resolve(packageName)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'MODULE_NOT_FOUND') return undefined
    if (code === 'ERR_PACKAGE_PATH_NOT_EXPORTED') return importTarget(packageName, parent)
    throw error
  }
}

/** How the user's package manager, told by its lockfile, adds a package. */
function addCommand(projectDir: string): string {
  for (let dir = projectDir; ; dir = nodePath.dirname(dir)) {
    if (existsSync(nodePath.join(dir, 'pnpm-lock.yaml'))) return 'pnpm add'
    if (existsSync(nodePath.join(dir, 'yarn.lock'))) return 'yarn add'
    if (existsSync(nodePath.join(dir, 'package-lock.json'))) return 'npm install'
    if (dir === nodePath.dirname(dir)) return 'npm install'
  }
}
