import { namedStack, stackReason } from '@cairnml/core/stack'

import type { Command } from '../../command.ts'
import { stackCommand } from './stack-command.ts'
import { shownPath } from './stack-session.ts'

/** `cairn stack get`: which stack is used, and why. */
export const getCommand: Command = stackCommand({
  name: 'stack get',
  options: { stack: { type: 'string' } },
  takes: [],
  run: async ({ session, values }) => {
    const choice = session.choice(values.stack)
    const { file } = await namedStack(choice, session.projectDir)
    const reason = stackReason(choice.source)
    const where = file === undefined ? 'built in' : shownPath(file)
    return {
      text: `${choice.name} (${where}), chosen by ${reason}.\n`,
      json: { format: 'cairn.stack-get/1', ...choice, reason, file },
    }
  },
})
