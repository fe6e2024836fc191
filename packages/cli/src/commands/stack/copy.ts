import { mkdirSync } from 'node:fs'
import nodePath from 'node:path'

import { DEFAULT_STACK } from '@cairnml/core'
import { writeWhole } from '@cairnml/core/files'
import { newStackText, withStacksLocked } from '@cairnml/core/stack-files'

import type { Command } from '../../command.ts'
import { textOf } from './change-stack.ts'
import { stackCommand } from './stack-command.ts'
import { shownPath } from './stack-session.ts'

/** `cairn stack copy`: copies a stack with its comments; of the built-in one a file is made. */
export const copyCommand: Command = stackCommand({
  name: 'stack copy',
  options: {},
  takes: ['<stack>', '<name>'],
  run: ({ session, names: [name = '', next = ''] }) =>
    withStacksLocked(session.cairnDir, async () => {
      const isBuiltIn = name === DEFAULT_STACK.name && !session.entries().some((entry) => entry.name === name)
      const from = isBuiltIn ? undefined : session.fileOf(name)
      const to = session.newFile(next, from === undefined ? '.yaml' : nodePath.extname(from))
      const { name: _name, ...components } = DEFAULT_STACK
      mkdirSync(nodePath.dirname(to), { recursive: true })
      await writeWhole(to, from === undefined ? newStackText(components, to) : textOf(from))
      return {
        text: `Stack ${name} is copied: ${shownPath(to)}.\n`,
        json: { format: 'cairn.stack-copy/1', name: next, from: name, file: to },
      }
    }),
})
