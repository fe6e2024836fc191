import { nearestName } from '@cairnml/core'
import { changedStackText, readStackText, STACK_PORTS } from '@cairnml/core/stack-files'

import type { Command } from '../../command.ts'
import { usageError } from '../../flags/parse-flags.ts'
import { writeStack } from './change-stack.ts'
import { stackCommand } from './stack-command.ts'
import { CHECK_OPTIONS } from './validation.ts'

/** `cairn stack remove-component`: what a stack extends, or the default stack, supplies these components then. */
export const removeComponentCommand: Command = stackCommand({
  name: 'stack remove-component',
  options: CHECK_OPTIONS,
  takes: ['<stack>', '<component>', '[component]...'],
  run: async ({ session, values, names: [name = '', ...given] }) => {
    const ports = given.map(portOf)
    return writeStack(session, {
      name,
      format: 'cairn.stack-remove-component/1',
      done: 'updated',
      flags: values,
      next: async () => {
        const file = session.fileOf(name)
        const changes = Object.fromEntries(ports.map((port) => [port, undefined]))
        return { file, text: changedStackText(await readStackText(file), file, changes) }
      },
    })
  },
})

/** `artifact-store` and `artifactStore` are the same. */
function portOf(given: string): string {
  const name = given.replace(/-([a-z])/g, (_match, letter: string) => letter.toUpperCase())
  const port = STACK_PORTS.find((one) => one === name)
  if (port !== undefined) return port
  const nearest = nearestName(name, STACK_PORTS)
  const meant = nearest === undefined ? ` It is one of ${STACK_PORTS.join(', ')}.` : ` Did you mean "${nearest}"?`
  throw usageError(`A stack has no component "${given}".${meant}`)
}
