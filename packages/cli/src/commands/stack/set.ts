import { stackReason } from '@cairnml/core/stack'
import { withStacksLocked } from '@cairnml/core/stack-files'

import type { Command } from '../../command.ts'
import { activate } from './activate.ts'
import { stackCommand } from './stack-command.ts'
import { assertValid, CHECK_OPTIONS, uncheckedLines, validated } from './validation.ts'

/** `cairn stack set`: checks a stack, then uses it on this machine. */
export const setCommand: Command = stackCommand({
  name: 'stack set',
  options: CHECK_OPTIONS,
  takes: ['<stack>'],
  run: async ({ session, values, names: [given = ''] }) => {
    const name = session.nameOf(given)
    return withStacksLocked(session.cairnDir, async () => {
      const stack = await session.named(name)
      const components = await validated(session, stack, values)
      assertValid(components)
      const moved = await activate(session, stack)
      const used = session.choice()
      const over =
        used.name === name ? '' : `${used.name} is used all the same, chosen by ${stackReason(used.source)}.\n`
      return {
        text: `Stack ${name} is set.\n${moved.map((line) => `${line}\n`).join('')}${over}${uncheckedLines(components, values)}`,
        json: { format: 'cairn.stack-set/1', name, file: stack.file, used, notices: moved, components },
      }
    })
  },
})
