import { isCairnError } from '@cairnml/core'
import { addCommand, packageManagerOf, withPackagesLocked } from '@cairnml/core/package-manager'

import type { Command } from '../../command.ts'
import { stackCommand } from '../stack/stack-command.ts'
import { addedPlugin } from './added-plugin.ts'
import { assertOwnManifest } from './assert-own-manifest.ts'
import { hideCredentials } from './hide-credentials.ts'
import { installPlugin, withHint } from './install-plugin.ts'
import { missingPeers } from './missing-peers.ts'
import type { PluginChange, PluginRequest } from './plugin-change.ts'
import { PLUGIN_HELP } from './plugin-help.ts'
import { packageSpecifiers } from './plugin-specifier.ts'
import { tellWait } from './tell-wait.ts'
import { pluginText, type ShownPlugin } from './shown-plugin.ts'

/** `cairn plugin add`: installs plugins and shows what they supply; editors know them from then on. */
export const addPluginCommand: Command = stackCommand({
  name: 'plugin add',
  options: { dev: { type: 'boolean' }, 'dry-run': { type: 'boolean' } },
  takes: ['<name>...'],
  help: PLUGIN_HELP,
  run: async ({ session, values, names }) => {
    const manager = await packageManagerOf(session.projectDir)
    const peers = missingPeers(session)
    const requests = names.map((given): PluginRequest => {
      const specifiers = packageSpecifiers(given)
      const lines = specifiers.map((specifier) => addCommand(manager, [...peers, specifier], { dev: values.dev }))
      return { given, specifiers, lines }
    })
    assertOwnManifest(session.projectDir, requests[0]?.lines[0] ?? [manager])
    if (values['dry-run'] === true) return planned(requests)
    const plugins = await addPlugins(requests, { session, manager })
    return {
      text: plugins.map((plugin) => `Added ${pluginText(plugin)}`).join(''),
      json: { format: 'cairn.plugin-add/1', plugins },
    }
  },
})

async function addPlugins(
  requests: readonly PluginRequest[],
  { session, manager }: Omit<PluginChange, 'share'>,
): Promise<readonly ShownPlugin[]> {
  const added: ShownPlugin[] = []
  const command = hideCredentials(requests.map(({ lines }) => lines[0]?.join(' ')).join(', '))
  await withPackagesLocked({ cairnDir: session.cairnDir, command, onWait: tellWait }, async (share) => {
    const change = { session, manager, share }
    for (const request of requests) {
      added.push(await addedPlugin(await installPlugin(request, change), change))
    }
  }).catch((error: unknown) => {
    if (added.length === 0 || !isCairnError(error)) throw error
    throw withHint(error, `Added before that: ${added.map(({ name }) => name).join(', ')}.`)
  })
  return added
}

function planned(requests: readonly PluginRequest[]): { readonly text: string; readonly json: object } {
  const commands = requests.map(({ lines }) => lines.map((line) => line.join(' ')))
  return {
    text: commands.map((plan) => `${plan.join('\n  or, if there is no such package: ')}\n`).join(''),
    json: { format: 'cairn.plugin-plan/1', commands },
  }
}
