import { accessSync, constants, linkSync, lstatSync, readlinkSync, rmSync, symlinkSync } from 'node:fs'
import nodePath from 'node:path'

import { moveFile, writeWhole } from '@cairnml/core/files'
import { activeStack, activeStackFile } from '@cairnml/core/stack'
import { changedStackText, readStackText, withStacksLocked } from '@cairnml/core/stack-files'

import type { Command } from '../../command.ts'
import { extendingStacks, extendsPath, type ExtendingStack } from './extending.ts'
import { stackCommand } from './stack-command.ts'
import { shownPath, type StackSession } from './stack-session.ts'
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
      const configured = session.configured === name ? session.project.config.stack : undefined
      const extending = await extendingStacks(session, from)
      await renamed(session, { name, next, from, to, extending })
      const notices = configured === undefined ? [] : [`cairn.yaml still says \`stack: ${configured}\`.`]
      const extended = extending.map((one) => one.name)
      if (extended.length > 0) notices.push(`It is extended by ${extended.join(', ')}: changed there, too.`)
      return {
        text: `Stack ${name} is renamed: ${shownPath(to)}.\n${notices.map((line) => `${line}\n`).join('')}`,
        json: { format: 'cairn.stack-rename/1', name: next, before: name, file: to, extended, notices },
      }
    }),
})

interface Renaming {
  readonly name: string
  readonly next: string
  readonly from: string
  readonly to: string
  readonly extending: readonly ExtendingStack[]
}

/** The file has both names until nothing needs the old one, so whoever is stopped halfway has lost nothing. */
async function renamed(session: StackSession, { name, next, from, to, extending }: Renaming): Promise<void> {
  const files = [...new Set(extending.map(({ file }) => file))]
  for (const file of files) accessSync(file, constants.W_OK)
  await nameAgain(from, to)
  for (const file of files) {
    await writeStackText(file, changedStackText(await readStackText(file), file, { extends: extendsPath(file, to) }))
  }
  if (activeStack(session.cairnDir) === name) await writeWhole(activeStackFile(session.cairnDir), `${next}\n`)
  rmSync(from, { force: true })
}

/** Gives a file a second name; where file systems know of none, it has the new one at once. */
async function nameAgain(from: string, to: string): Promise<void> {
  if (lstatSync(from).isSymbolicLink()) {
    symlinkSync(readlinkSync(from), to)
    return
  }
  try {
    linkSync(from, to)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw error
    await moveFile(from, to)
  }
}
