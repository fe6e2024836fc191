import type { PortName } from '@cairnml/core'
import { installedComponents, type InstalledComponent } from '@cairnml/core/stack-files'

import type { Command } from '../../command.ts'
import { leaveAtEnd } from '../../output/early-end.ts'
import { formatTable } from '../../output/table.ts'
import { subCommands } from '../../sub-commands.ts'
import { stackCommand, type StackAnswer } from '../stack/stack-command.ts'
import { componentHelp } from './component-help.ts'
import { describedComponent } from './described-component.ts'

/** `cairn artifact-store` and the like: what installed plugins supply for one component of a stack. */
export function componentCommand(command: string, port: PortName): Command {
  const help = componentHelp(command)
  const list = stackCommand({
    name: `${command} list`,
    options: {},
    takes: [],
    help,
    run: async ({ session }) => {
      const installed = await installedComponents(session.environment, { onLate: leaveAtEnd })
      return listed(
        port,
        installed.filter((one) => one.port === port),
      )
    },
  })
  const describe = stackCommand({
    name: `${command} describe`,
    options: { 'allow-code': { type: 'boolean' } },
    takes: ['<use>'],
    help,
    run: async ({ session, values, names: [use = ''] }) => {
      const allowCode = values['allow-code'] === true
      return describedComponent({ use, port, command, allowCode }, session)
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
