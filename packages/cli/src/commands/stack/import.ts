import { mkdirSync } from 'node:fs'
import nodePath from 'node:path'

import { loadStackFile } from '@cairnml/core/stack-files'

import type { Command } from '../../command.ts'
import { writeStack } from './change-stack.ts'
import { selfContainedText } from './self-contained.ts'
import { stackCommand } from './stack-command.ts'
import { CHECK_OPTIONS } from './validation.ts'

/** `cairn stack import`: copies a stack file, with what it extends, into the project. */
export const importCommand: Command = stackCommand({
  name: 'stack import',
  options: { ...CHECK_OPTIONS, name: { type: 'string' }, set: { type: 'boolean' } },
  takes: ['<path>'],
  run: async ({ session, values, names: [given = ''] }) => {
    const source = nodePath.resolve(given)
    const name = values.name ?? nodePath.parse(source).name
    const { definition } = await loadStackFile(source, name)
    const { name: _name, ...components } = definition
    const target = session.newFile(name, nodePath.extname(source) === '.json' ? '.json' : '.yaml')
    const text = await selfContainedText(source, { components, target })
    return writeStack(session, {
      name,
      format: 'cairn.stack-import/1',
      done: 'imported',
      flags: values,
      next: async () => {
        const file = session.newFile(name, nodePath.extname(target))
        mkdirSync(nodePath.dirname(file), { recursive: true })
        return { file, text }
      },
    })
  },
})
