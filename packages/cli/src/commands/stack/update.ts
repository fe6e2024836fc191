import { changedStackText, readStackText } from '@cairnml/core/stack-files'

import type { Command } from '../../command.ts'
import { usageError } from '../../flags/parse-flags.ts'
import { writeStack } from './change-stack.ts'
import { COMPONENT_OPTIONS, componentChanges } from './component-flag.ts'
import { stackCommand } from './stack-command.ts'
import { CHECK_OPTIONS } from './validation.ts'

/** `cairn stack update`: replaces components of a stack. */
export const updateCommand: Command = stackCommand({
  name: 'stack update',
  options: { ...COMPONENT_OPTIONS, ...CHECK_OPTIONS, set: { type: 'boolean' } },
  takes: ['<stack>'],
  run: async ({ session, values, names: [name = ''] }) => {
    const changes = componentChanges(values)
    if (Object.keys(changes).length === 0) {
      throw usageError(
        "`cairn stack update` needs a component, like --artifact-store 'local path=cache', or --extends.",
      )
    }
    return writeStack(session, {
      name,
      format: 'cairn.stack-update/1',
      done: 'updated',
      flags: values,
      next: async () => {
        const file = session.fileOf(name)
        return { file, text: changedStackText(await readStackText(file), file, changes) }
      },
    })
  },
})
