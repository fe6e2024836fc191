import { mkdirSync, realpathSync } from 'node:fs'
import nodePath from 'node:path'

import { DEFAULT_STACK } from '@cairnml/core'
import { writeWhole } from '@cairnml/core/files'
import {
  changedStackText,
  loadStackFile,
  newStackText,
  readStackText,
  withStacksLocked,
} from '@cairnml/core/stack-files'

import type { Command } from '../../command.ts'
import { extendsPath } from './extending.ts'
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
      await writeWhole(to, from === undefined ? newStackText(components, to) : await copiedText(from, to))
      return {
        text: `Stack ${name} is copied: ${shownPath(to)}.\n`,
        json: { format: 'cairn.stack-copy/1', name: next, from: name, file: to },
      }
    }),
})

/** What a file behind a link extends, it names from where it lies itself. */
async function copiedText(from: string, to: string): Promise<string> {
  const text = await readStackText(from)
  if (nodePath.dirname(realpathSync(from)) === realpathSync(nodePath.dirname(to))) return text
  const base = (await loadStackFile(from, '').catch(() => undefined))?.files[1]
  return base === undefined ? text : changedStackText(text, from, { extends: extendsPath(to, base) })
}
