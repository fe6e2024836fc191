import { pluginPackages } from '@cairnml/core/stack-files'

import type { Command } from '../../command.ts'
import { formatTable } from '../../output/table.ts'
import { stackCommand } from '../stack/stack-command.ts'
import type { StackSession } from '../stack/stack-session.ts'
import { dependenciesOf } from './dependencies-of.ts'
import { manifestOf, pluginFacts, type PluginFacts } from './plugin-facts.ts'
import { PLUGIN_HELP } from './plugin-help.ts'
import { usesPlugin } from './stack-uses.ts'

/** `cairn plugin list`: the plugins that the project names, and those that come with Cairn. */
export const listCommand: Command = stackCommand({
  name: 'plugin list',
  options: {},
  takes: [],
  help: PLUGIN_HELP,
  run: async ({ session }) => {
    const { projectDir, environment: search } = session
    const own = ownPlugins(projectDir)
    const names = [...new Set([...own, ...search.fallbackDirs.flatMap(pluginPackages)])].toSorted()
    const all = await Promise.all(names.map((name) => pluginFacts(name, session)))
    const isUsed = await usedBy(session)
    const plugins = all.map((facts) => ({ facts, used: isUsed(facts.name), own: own.includes(facts.name) }))
    const rows = plugins.map(({ facts, used, own: isOwn }) => [
      `${used ? '* ' : '  '}${facts.name}`,
      facts.version ?? '-',
      facts.components.map(({ port, type }) => `${port} ${type}`).join(', ') || '-',
      facts.problem ?? (isOwn ? 'can be used' : 'comes with Cairn'),
    ])
    const titles = ['  PLUGIN', 'VERSION', 'COMPONENTS', 'STATE'].map((title) => ({ title }))
    return {
      text: `${formatTable(titles, rows)}* is used by the stack ${session.choice().name}.\n`,
      json: {
        format: 'cairn.plugin-list/1',
        stack: session.choice().name,
        plugins: plugins.map(({ facts, used, own: isOwn }) => ({ ...pluginJson(facts), used, own: isOwn })),
      },
    }
  },
})

/** What the project asks for that is called a plugin, or made for core. */
function ownPlugins(projectDir: string): readonly string[] {
  const named = pluginPackages(projectDir)
  const others = Object.keys(dependenciesOf(projectDir)).filter((name) => !name.startsWith('@cairnml/'))
  return [...new Set([...named, ...others.filter((name) => manifestOf(name, [projectDir]).peer !== undefined)])]
}

/** A plugin as programs read it. */
export function pluginJson({ name, version, peer, components, problem }: PluginFacts): object {
  return { name, version, peer, components: components.map(({ port, type, use }) => ({ port, type, use })), problem }
}

/** A stack that cannot be read uses nothing. */
async function usedBy(session: StackSession): Promise<(plugin: string) => boolean> {
  const stack = await session.named(session.choice().name).catch(() => undefined)
  return (plugin) => stack !== undefined && usesPlugin(stack, plugin)
}
