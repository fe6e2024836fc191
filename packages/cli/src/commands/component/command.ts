import type { PortName } from '@cairnml/core'
import { installedComponents, type InstalledComponent } from '@cairnml/core/stack-files'

import type { Command } from '../../command.ts'
import { formatTable } from '../../output/table.ts'
import { subCommands } from '../../sub-commands.ts'
import { stackCommand, type StackAnswer } from '../stack/stack-command.ts'
import type { StackSession } from '../stack/stack-session.ts'
import { componentHelp } from './component-help.ts'
import { describedComponent } from './described-component.ts'

/** `cairn artifact-store` and the like: what installed plugins supply for one component of a stack. */
export function componentCommand(command: string, port: PortName): Command {
  const help = componentHelp(command)
  const installed = async ({ environment }: StackSession): Promise<readonly InstalledComponent[]> =>
    (await installedComponents(environment)).filter((one) => one.port === port)
  const list = stackCommand({
    name: `${command} list`,
    options: {},
    takes: [],
    help,
    run: async ({ session }) => listed(port, await installed(session)),
  })
  const describe = stackCommand({
    name: `${command} describe`,
    options: { 'allow-code': { type: 'boolean' } },
    takes: ['<use>'],
    help,
    run: async ({ session, values, names: [use = ''] }) => {
      const allowCode = values['allow-code'] === true
      return describedComponent({ use, port, command, allowCode, installed: await installed(session) }, session)
    },
  })
  return subCommands(command, { commands: { list: async () => list, describe: async () => describe }, help })
}

function listed(port: PortName, components: readonly InstalledComponent[]): StackAnswer {
  const rows = components.map(({ use, plugin, type }) => [use, plugin, type])
  const found = components.map(({ use, plugin, type }) => ({ use, plugin, type }))
  return {
    text: formatTable([{ title: 'USE' }, { title: 'PLUGIN' }, { title: 'TYPE' }], rows),
    json: { format: 'cairn.component-list/1', port, components: found },
  }
}
