import { hash } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import nodePath from 'node:path'

import { coreVersion } from '../plugin/core-range.ts'
import { installedPlugin, type PluginSearch } from '../plugin/resolve-plugin.ts'
import { installedPluginNames } from './installed-plugins.ts'

/** So many files and folders of a plugin count: a link may lead to more than a package. */
const MOST_ENTRIES = 1000

/**
 * A digest of the plugins that are installed: which there are, where, in which version and with which files, and of when
 * packages were last installed. While it is the same, so is what they supply. None of them is loaded for it.
 */
export function installedState(search: PluginSearch): string {
  const plugins = installedPluginNames(search).map((name) => pluginState(name, search))
  const parts = [coreVersion(), process.versions.node, plugins, installations(search.projectDir)]
  return hash('sha256', JSON.stringify(parts))
}

function pluginState(name: string, search: PluginSearch): readonly unknown[] {
  try {
    const { folder, url, manifest } = installedPlugin(name, search) ?? {}
    return folder === undefined ? [name] : [name, manifest?.version, url, fileStates(folder)]
  } catch (error) {
    return [name, String(error)]
  }
}

/**
 * What package managers leave beside the packages when they have installed some, each in hidden files of its own. What a
 * plugin imports may be among these packages, and one that could not be loaded before can be then.
 */
function installations(projectDir: string): readonly unknown[] {
  const states: unknown[] = []
  for (let dir = projectDir, below = ''; dir !== below; dir = nodePath.dirname(dir)) {
    const modules = nodePath.join(dir, 'node_modules')
    const files = [...hiddenIn(modules), nodePath.join(dir, '.pnp.cjs')]
    states.push(files.map((file) => [file, fileState(file)]))
    below = dir
  }
  return states
}

function hiddenIn(folder: string): readonly string[] {
  try {
    const names = readdirSync(folder).filter((name) => name.startsWith('.'))
    return names.toSorted().map((name) => nodePath.join(folder, name))
  } catch {
    return []
  }
}

/** Linked packages change without another version, and installed ones where somebody patches them. */
function fileStates(folder: string): readonly unknown[] {
  const states: unknown[] = []
  const waiting = [folder]
  for (let dir = waiting.shift(); dir !== undefined; dir = waiting.shift()) {
    const entries = readdirSync(dir, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1))
    for (const entry of entries) {
      if (states.length === MOST_ENTRIES) return states
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue
      const path = nodePath.join(dir, entry.name)
      if (entry.isDirectory()) waiting.push(path)
      states.push([nodePath.relative(folder, path), fileState(path)])
    }
  }
  return states
}

/** Nothing where there is no file, or none that can be looked at. */
function fileState(path: string): readonly number[] | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false })
    return stats?.isFile() === true ? [stats.size, stats.mtimeMs] : undefined
  } catch {
    return undefined
  }
}
