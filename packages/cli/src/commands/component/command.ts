import { cairnError, nearestName, type PortName, type Requirements } from '@cairnml/core'
import { componentOptionSchema, installedComponents, type InstalledComponent } from '@cairnml/core/stack-files'

import type { Command } from '../../command.ts'
import { usageError } from '../../flags/parse-flags.ts'
import { formatTable } from '../../output/table.ts'
import { stackCommand, type StackAnswer } from '../stack/stack-command.ts'
import type { StackSession } from '../stack/stack-session.ts'
import { componentHelp } from './component-help.ts'
import { optionLines } from './option-lines.ts'

/** `cairn artifact-store` and the like: what installed plugins supply for one component of a stack. */
export function componentCommand(command: string, port: PortName): Command {
  const help = componentHelp(command)
  return async ([name, ...rest], environment) => {
    if (name === undefined || name === '--help' || name === '-h') {
      process.stdout.write(help)
      return 0
    }
    if (name !== 'list' && name !== 'describe') {
      const nearest = nearestName(name, ['list', 'describe'])
      const meant = nearest === undefined ? '' : ` Did you mean "${nearest}"?`
      throw usageError(`There is no command "${command} ${name}".${meant}`)
    }
    const isList = name === 'list'
    return stackCommand({
      name: `${command} ${name}`,
      options: {},
      takes: isList ? [] : ['<use>'],
      help,
      run: async ({ session, names: [use = ''] }) => {
        const components = (await installedComponents(session.environment)).filter((one) => one.port === port)
        return isList ? listed(port, components) : described(use, components, session)
      },
    })(rest, environment)
  }
}

function listed(port: PortName, components: readonly InstalledComponent[]): StackAnswer {
  const rows = components.map(({ use, plugin, type }) => [use, plugin, type])
  const found = components.map(({ use, plugin, type }) => ({ use, plugin, type }))
  return {
    text: formatTable([{ title: 'USE' }, { title: 'PLUGIN' }, { title: 'TYPE' }], rows),
    json: { format: 'cairn.component-list/1', port, components: found },
  }
}

async function described(
  given: string,
  components: readonly InstalledComponent[],
  session: StackSession,
): Promise<StackAnswer> {
  const found = components.find(
    ({ use, plugin, type }) => given === use || given === plugin || given === `${plugin}#${type}`,
  )
  if (found === undefined) {
    const tried = components.map(({ use }) => use)
    const nearest = nearestName(given, tried)
    const problem = `no plugin that the project names supplies it${nearest === undefined ? '' : ` (did you mean "${nearest}"?)`}`
    throw cairnError('CAIRN_PLUGIN_INVALID', { plugin: given, problem, at: session.projectDir })
  }
  const { use, plugin, type, port } = found
  const options = await componentOptionSchema(found)
  const { provides = [], requires = {} } = found.definition
  return {
    text: `${use}: ${port} ${type} of ${plugin}\n${optionLines(options, found.definition.options !== undefined)}${capabilityLines(provides, requires)}`,
    json: { format: 'cairn.component-describe/1', port, use, plugin, type, options, provides, requires },
  }
}

/** What a component can do for others and what it needs of them: `  provides ifAbsent`, `  requires artifactStore: remote`. */
function capabilityLines(provides: readonly string[], requires: Requirements): string {
  const needs = Object.entries(requires).map(([port, names]) => `  requires ${port}: ${names.join(', ')}\n`)
  return `${provides.length === 0 ? '' : `  provides ${provides.join(', ')}\n`}${needs.join('')}`
}
