import { cairnError } from '@cairnml/core'
import { writeStackSchema } from '@cairnml/core/stack-files'

import type { Command } from '../../command.ts'
import { leaveAtEnd } from '../../output/early-end.ts'
import { stackCommand } from '../stack/stack-command.ts'
import { manifestOf, pluginFacts } from './plugin-facts.ts'
import { PLUGIN_HELP } from './plugin-help.ts'
import { packageSpecifiers } from './plugin-specifier.ts'
import { pluginText, shownPlugin, type ShownPlugin } from './shown-plugin.ts'

/** `cairn plugin show`: what installed plugins supply, and how a stack uses it; editors know them from then on. */
export const showCommand: Command = stackCommand({
  name: 'plugin show',
  options: {},
  takes: ['<plugin>...'],
  help: PLUGIN_HELP,
  run: async ({ session, names }) => {
    const folders = [session.projectDir, ...session.environment.fallbackDirs]
    const plugins: ShownPlugin[] = []
    for (const given of names) {
      const meant = [...packageSpecifiers(given), given].find((one) => manifestOf(one, folders).version !== undefined)
      const name = meant ?? given
      const facts = await pluginFacts(name, session)
      if (facts.problem !== undefined) {
        throw facts.fault ?? cairnError('CAIRN_PLUGIN_INVALID', { plugin: name, problem: facts.problem })
      }
      plugins.push(await shownPlugin(facts, session))
    }
    await writeStackSchema(session.environment, { onLate: leaveAtEnd })
    return { text: plugins.map(pluginText).join(''), json: { format: 'cairn.plugin-show/1', plugins } }
  },
})
