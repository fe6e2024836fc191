import { rmSync } from 'node:fs'

import { DEFAULT_STACK } from '@cairnml/core'
import { activeStack } from '@cairnml/core/stack'
import { withStacksLocked } from '@cairnml/core/stack-files'

import type { Command } from '../../command.ts'
import { confirm } from '../../output/confirm.ts'
import { extendingStacks } from './extending.ts'
import { stackCommand } from './stack-command.ts'
import { shownPath, unchangeable } from './stack-session.ts'

/** `cairn stack delete`: deletes the file of a stack. Results and records stay where they are. */
export const deleteCommand: Command = stackCommand({
  name: 'stack delete',
  options: { yes: { type: 'boolean', short: 'y' } },
  takes: ['<stack>'],
  run: async ({ session, values, names: [name = ''] }) => {
    const shown = shownPath(session.fileOf(name))
    const { yes = false } = values
    // Sound: every command on stacks has this option.
    const { json = false } = values as { readonly json?: boolean }
    const isMeant = await confirm(`Delete the stack ${name} (${shown})?`, { yes, json })
    if (!isMeant) {
      return { text: 'Nothing was deleted.\n', json: { format: 'cairn.stack-delete/1', name, deleted: false } }
    }
    return withStacksLocked(session.cairnDir, async () => {
      const file = session.fileOf(name)
      if (activeStack(session.cairnDir) === name) {
        throw unchangeable(name, 'it is set on this machine; cairn stack set another one first')
      }
      if (session.configured === name && name !== DEFAULT_STACK.name) {
        throw unchangeable(name, `cairn.yaml says \`stack: ${session.project.config.stack}\`; change that first`)
      }
      const extending = (await extendingStacks(session, file)).map((one) => one.name)
      if (extending.length > 0) throw unchangeable(name, `it is extended by ${extending.join(', ')}`)
      rmSync(file)
      const json = { format: 'cairn.stack-delete/1', name, file, deleted: true }
      return { text: `Stack ${name} is deleted. What it kept stays where it is.\n`, json }
    })
  },
})
