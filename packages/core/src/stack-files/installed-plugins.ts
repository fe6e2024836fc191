import { declaredPackages } from '../packages/declared-packages.ts'
import type { AnyComponentDefinition, PortName } from '../plugin/define-plugin.ts'
import { loadPlugin, typeOf } from '../plugin/load-plugin.ts'
import type { PluginSearch } from '../plugin/resolve-plugin.ts'
import { CONTENT_POLICY } from '../stack/stack-parts.ts'
import { loadedInTime, type LoadLimit } from './load-limit.ts'

/** A component that an installed plugin supplies. */
export interface InstalledComponent {
  readonly port: PortName
  /** What a stack writes to use it. */
  readonly use: string
  readonly plugin: string
  readonly type: string
  readonly definition: AnyComponentDefinition
}

const PLUGIN = /^(?:@cairnml\/plugin-|cairnml-plugin-|@[^/]+\/cairnml-plugin-)/

/** The policy that is part of this package, as if a plugin supplied it. */
export const CONTENT_COMPONENT: InstalledComponent = {
  port: 'cachePolicy',
  use: 'content',
  plugin: CONTENT_POLICY.plugin,
  type: CONTENT_POLICY.type,
  definition: CONTENT_POLICY.definition,
}

/**
 * What the plugins supply that the project depends on, or that came with Cairn. All of them are loaded for that; one that
 * cannot be in time, or that supplies no component, is left out.
 */
export async function installedComponents(
  search: PluginSearch,
  limit?: LoadLimit,
): Promise<readonly InstalledComponent[]> {
  const names = installedPluginNames(search)
  const found = await Promise.all(names.map((name) => pluginComponentsInTime(name, search, limit).catch(() => [])))
  return [CONTENT_COMPONENT, ...found.flat()]
}

/** The packages that the project depends on, or that came with Cairn, and that are plugins by their own name, sorted. */
export function installedPluginNames({ projectDir, fallbackDirs }: PluginSearch): readonly string[] {
  return [...new Set([projectDir, ...fallbackDirs].flatMap(pluginPackages))].toSorted()
}

/** What a stack writes to use the only component for a port that a package supplies. */
export function shortUse(packageName: string): string {
  return packageName.replace(/^@cairnml\/plugin-|^cairnml-plugin-/, '')
}

/**
 * The same as `pluginComponents`, for a plugin that nobody asked for: it may wait for what never comes.
 *
 * @throws CAIRN_PLUGIN_MISSING, CAIRN_PLUGIN_VERSION, CAIRN_PLUGIN_INVALID
 */
export async function pluginComponentsInTime(
  name: string,
  search: PluginSearch,
  limit?: LoadLimit,
): Promise<readonly InstalledComponent[]> {
  return loadedInTime(pluginComponents(name, search), name, limit)
}

/**
 * What one plugin supplies, with what a stack writes to use each component. It is loaded for that.
 *
 * @param name of the package, or the path of a file of the project
 * @throws CAIRN_PLUGIN_MISSING, CAIRN_PLUGIN_INVALID
 */
export async function pluginComponents(name: string, search: PluginSearch): Promise<readonly InstalledComponent[]> {
  const { packageName, plugin } = await loadPlugin(name, search)
  return plugin.components.map((definition) => {
    const type = typeOf(plugin, definition)
    const isOne = plugin.components.filter(({ port }) => port === definition.port).length === 1
    const short = shortUse(packageName)
    return { port: definition.port, use: isOne ? short : `${short}#${type}`, plugin: packageName, type, definition }
  })
}

/** The packages that the `package.json` of a folder names, and that are plugins by their own name. */
export function pluginPackages(folder: string): readonly string[] {
  return declaredPackages(folder).filter((name) => PLUGIN.test(name))
}
