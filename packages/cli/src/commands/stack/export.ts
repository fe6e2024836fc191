import { lstatSync, type Stats } from 'node:fs'
import nodePath from 'node:path'

import { cairnError } from '@cairnml/core'
import { writeWhole } from '@cairnml/core/files'
import { newStackText } from '@cairnml/core/stack-files'

import type { Command } from '../../command.ts'
import { selfContainedText } from './self-contained.ts'
import { stackCommand } from './stack-command.ts'
import { shownPath } from './stack-session.ts'

/** `cairn stack export`: a stack, with what it extends, as one file. Secrets stay the references that they are. */
export const exportCommand: Command = stackCommand({
  name: 'stack export',
  options: { force: { type: 'boolean' } },
  takes: ['<stack>', '[path]'],
  run: async ({ session, values, names: [name = '', given] }) => {
    const { definition, file } = await session.named(name)
    const target = given === undefined ? undefined : nodePath.resolve(given)
    if (target !== undefined) assertFree(target, values.force === true)
    const { name: _name, ...components } = definition
    const shape = target ?? file ?? 'stack.yaml'
    const text =
      file === undefined
        ? newStackText(components, shape)
        : await selfContainedText(file, { components, target: shape })
    if (target !== undefined) await writeExport(target, text)
    return {
      text: target === undefined ? text : `Stack ${name} is exported: ${shownPath(target)}.\n`,
      json: { format: 'cairn.stack-export/1', name, file: target, stack: components },
    }
  },
})

/** A folder is never replaced by a file. */
function assertFree(path: string, isForced: boolean): void {
  const there = statsOf(path)
  if (there?.isDirectory() === true) throw cairnError('CAIRN_EXPORT_FAILED', { path, problem: 'a folder is there' })
  if (there === undefined || isForced) return
  throw cairnError('CAIRN_EXPORT_FAILED', { path, problem: 'something is there already' })
}

function statsOf(path: string): Stats | undefined {
  try {
    return lstatSync(path)
  } catch {
    // What is wrong with the path is said where it is written.
    return undefined
  }
}

async function writeExport(path: string, text: string): Promise<void> {
  try {
    await writeWhole(path, text)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw cairnError(
      'CAIRN_EXPORT_FAILED',
      { path, problem: `nothing can be written there (${code})` },
      { cause: error },
    )
  }
}
