import { nearestName } from '@cairnml/core'
import { packageManagerOf } from '@cairnml/core/package-manager'
import { createPlugin, PLUGIN_PORTS, pluginNextSteps, type PluginPort } from 'create-cairnml'

import type { Command } from '../../command.ts'
import { usageError } from '../../flags/parse-flags.ts'
import { stackCommand } from '../stack/stack-command.ts'
import { shownPath } from '../stack/stack-session.ts'
import { PLUGIN_HELP } from './plugin-help.ts'

/** `cairn plugin create`: what `npm create cairnml -- --plugin` does. */
export const createCommand: Command = stackCommand({
  name: 'plugin create',
  options: { port: { type: 'string' }, dir: { type: 'string' } },
  takes: ['<name>'],
  help: PLUGIN_HELP,
  run: async ({ values, names: [name = ''] }) => {
    const created = await createPlugin({ name, port: portOf(values.port), folder: values.dir })
    const next = pluginNextSteps(created, await packageManagerOf(process.cwd()))
    const lines = [...created.files.map((file) => `  ${file}`), 'Next:', ...next.map((line) => `  ${line}`)]
    return {
      text: `Created plugin ${created.name} in ${shownPath(created.folder)}:\n${lines.join('\n')}\n`,
      json: { format: 'cairn.create/1', kind: 'plugin', ...created, next },
    }
  },
})

function portOf(given: string | undefined): PluginPort {
  if (given === undefined) throw usageError(`\`cairn plugin create\` needs --port: ${PLUGIN_PORTS.join(', ')}.`)
  const port = PLUGIN_PORTS.find((one) => one === given)
  if (port !== undefined) return port
  const nearest = nearestName(given, PLUGIN_PORTS)
  throw usageError(`There is no port "${given}".${nearest === undefined ? '' : ` Did you mean "${nearest}"?`}`)
}
