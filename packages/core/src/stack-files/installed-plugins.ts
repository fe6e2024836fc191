import { declaredPackages } from '../packages/declared-packages.ts'
import type { AnyComponentDefinition, PortName } from '../plugin/define-plugin.ts'
import { loadPlugin, typeOf } from '../plugin/load-plugin.ts'
import type { PluginSearch } from '../plugin/resolve-plugin.ts'
import { CONTENT_POLICY } from '../stack/stack-parts.ts'

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

/**
 * What the plugins supply that the project depends on, or that came with Cairn. They are loaded for that; one that cannot
 * be, or that supplies no component, is left out.
 */
export async function installedComponents(search: PluginSearch): Promise<readonly InstalledComponent[]> {
  const names = new Set([search.projectDir, ...search.fallbackDirs].flatMap(pluginPackages).toSorted())
  const found: InstalledComponent[] = [
    {
      port: 'cachePolicy',
      use: 'content',
      plugin: CONTENT_POLICY.plugin,
      type: CONTENT_POLICY.type,
      definition: CONTENT_POLICY.definition,
    },
  ]
  for (const name of names) found.push(...(await componentsOf(name, search)))
  return found
}

async function componentsOf(name: string, search: PluginSearch): Promise<readonly InstalledComponent[]> {
  return pluginComponents(name, search).catch(() => [])
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
    const short = packageName.replace(/^@cairnml\/plugin-|^cairnml-plugin-/, '')
    return { port: definition.port, use: isOne ? short : `${short}#${type}`, plugin: packageName, type, definition }
  })
}

/** The packages that the `package.json` of a folder names, and that are plugins by their own name. */
export function pluginPackages(folder: string): readonly string[] {
  return declaredPackages(folder).filter((name) => PLUGIN.test(name))
}
