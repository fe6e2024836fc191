import { cairnError } from '@cairnml/core'
import { packageManagerOf, removeCommand, withPackagesLocked } from '@cairnml/core/package-manager'
import { writeStackSchema } from '@cairnml/core/stack-files'

import type { Command } from '../../command.ts'
import { leaveAtEnd } from '../../output/early-end.ts'
import { stackCommand } from '../stack/stack-command.ts'
import { dependenciesOf } from './dependencies-of.ts'
import { managerFailed } from './manager-failure.ts'
import { PLUGIN_HELP } from './plugin-help.ts'
import { packageSpecifiers } from './plugin-specifier.ts'
import { runPackageManager } from './run-package-manager.ts'
import { stacksUsing } from './stack-uses.ts'
import { tellWait } from './tell-wait.ts'

/** `cairn plugin remove`: uninstalls plugins that no stack uses. */
export const removePluginCommand: Command = stackCommand({
  name: 'plugin remove',
  options: { force: { type: 'boolean' }, 'dry-run': { type: 'boolean' } },
  takes: ['<plugin>...'],
  help: PLUGIN_HELP,
  run: async ({ session, values, names }) => {
    const installed = Object.keys(dependenciesOf(session.projectDir))
    const plugins = names.map((name) => installedName(name, installed, session.projectDir))
    for (const plugin of values.force === true ? [] : plugins) {
      const stacks = await stacksUsing(session, plugin)
      if (stacks.length > 0) throw cairnError('CAIRN_PLUGIN_IN_USE', { plugin, stacks })
    }
    const line = removeCommand(await packageManagerOf(session.projectDir), plugins)
    const command = line.join(' ')
    if (values['dry-run'] === true) {
      return { text: `${command}\n`, json: { format: 'cairn.plugin-plan/1', commands: [[command]] } }
    }
    const { cairnDir, projectDir } = session
    const outcome = await withPackagesLocked({ cairnDir, command, onWait: tellWait }, (share) =>
      runPackageManager(line, projectDir, share),
    )
    if (outcome.ended !== 0) throw managerFailed(line, outcome)
    await writeStackSchema(session.environment, { onLate: leaveAtEnd })
    return { text: `Removed ${plugins.join(', ')}.\n`, json: { format: 'cairn.plugin-remove/1', removed: plugins } }
  },
})

function installedName(given: string, installed: readonly string[], projectDir: string): string {
  const tried = [given, ...packageSpecifiers(given)]
  const found = tried.find((name) => installed.includes(name))
  if (found !== undefined) return found
  const problem = `the package.json of ${projectDir} does not name it, so it cannot be removed there`
  const remedy = '`cairn plugin list` shows the plugins of the project.'
  throw cairnError('CAIRN_PLUGIN_INVALID', { plugin: given, problem, remedy })
}
