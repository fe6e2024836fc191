import { mkdirSync } from 'node:fs'
import nodePath from 'node:path'

import { newStackText } from '@cairnml/core/stack-files'

import type { Command } from '../../command.ts'
import { usageError } from '../../flags/parse-flags.ts'
import { writeStack } from './change-stack.ts'
import { COMPONENT_OPTIONS, componentChanges } from './component-flag.ts'
import { stackCommand } from './stack-command.ts'
import { CHECK_OPTIONS } from './validation.ts'

/** `cairn stack register`: writes the file of a new stack. */
export const registerCommand: Command = stackCommand({
  name: 'stack register',
  options: { ...COMPONENT_OPTIONS, ...CHECK_OPTIONS, set: { type: 'boolean' } },
  takes: ['<name>'],
  run: async ({ session, values, names: [name = ''] }) => {
    const changes = componentChanges(values)
    if (Object.keys(changes).length === 0) {
      throw usageError(
        "`cairn stack register` needs a component, like --artifact-store 'local path=cache', or --extends.",
      )
    }
    return writeStack(session, {
      name,
      format: 'cairn.stack-register/1',
      done: 'registered',
      flags: values,
      next: async () => {
        const file = session.newFile(name)
        mkdirSync(nodePath.dirname(file), { recursive: true })
        return { file, text: newStackText(changes, file) }
      },
    })
  },
})
