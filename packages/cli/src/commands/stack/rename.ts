import nodePath from 'node:path'

import { moveFile, writeWhole } from '@cairnml/core/files'
import { activeStackFile } from '@cairnml/core/stack'
import { changedStackText, withStacksLocked } from '@cairnml/core/stack-files'

import type { Command } from '../../command.ts'
import { textOf } from './change-stack.ts'
import { extendingStacks } from './extending.ts'
import { stackCommand } from './stack-command.ts'
import { shownPath } from './stack-session.ts'
import { writeStackText } from './write-stack-text.ts'

/** `cairn stack rename`: renames a stack, also where other files extend it and where it is set. */
export const renameCommand: Command = stackCommand({
  name: 'stack rename',
  options: {},
  takes: ['<stack>', '<name>'],
  run: ({ session, names: [name = '', next = ''] }) =>
    withStacksLocked(session.cairnDir, async () => {
      const from = session.fileOf(name)
      const to = session.newFile(next, nodePath.extname(from))
      const isSet = session.choice().source === 'set' && session.choice().name === name
      const extending = await extendingStacks(session, from)
      await moveFile(from, to)
      for (const { file } of extending) {
        const path = nodePath.relative(nodePath.dirname(file), to).replaceAll('\\', '/')
        const base = path.startsWith('.') ? path : `./${path}`
        await writeStackText(file, changedStackText(textOf(file), file, { extends: base }))
      }
      if (isSet) await writeWhole(activeStackFile(session.cairnDir), `${next}\n`)
      const isConfigured = session.project.config.stack === name
      const notices = isConfigured ? [`cairn.yaml still says \`stack: ${name}\`.`] : []
      const extended = extending.map((one) => one.name)
      if (extended.length > 0) notices.push(`It is extended by ${extended.join(', ')}: changed there, too.`)
      return {
        text: `Stack ${name} is renamed: ${shownPath(to)}.\n${notices.map((line) => `${line}\n`).join('')}`,
        json: { format: 'cairn.stack-rename/1', name: next, before: name, file: to, extended, notices },
      }
    }),
})
