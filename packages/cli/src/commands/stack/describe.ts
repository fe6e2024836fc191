import { partOptions, stackParts, type ChosenStack, type StackPart } from '@cairnml/core/stack'

import type { Command } from '../../command.ts'
import { stackCommand } from './stack-command.ts'
import { shownPath } from './stack-session.ts'

const SECRET_NAME = /(?:key|token|secret|password|passphrase|credentials?)$/i
const REFERENCE = /\$\{env:[^}]*\}/

/** `cairn stack describe`: the components of a stack and where they are written. Nothing of them is loaded. */
export const describeCommand: Command = stackCommand({
  name: 'stack describe',
  options: {},
  takes: ['[stack]'],
  run: async ({ session, names: [given] }) => {
    const stack = await session.namedOrUsed(given)
    const { name } = stack.definition
    const components = stackParts(stack.definition).map((part) => described(part, stack))
    const lines = components.map(({ port, use, options, at }) => {
      const shown = Object.entries(options).map(([option, value]) => ` ${option}=${JSON.stringify(value)}`)
      return `  ${port}: ${use}${shown.join('')}${at === undefined ? ' (default)' : ` (${at})`}\n`
    })
    const where = stack.file === undefined ? 'built in' : shownPath(stack.file)
    return {
      text: `${name} (${where})\n${lines.join('')}`,
      json: { format: 'cairn.stack-describe/1', name, file: stack.file, components },
    }
  },
})

function described(
  part: StackPart,
  { definition, place }: ChosenStack,
): { readonly port: string; readonly use: string; readonly options: object; readonly at?: string | undefined } {
  const { port, reference, path } = part
  const isWritten = path.reduce<unknown>(
    (inner, name) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[name] : undefined,
    definition,
  )
  const options = withoutSecrets(partOptions(part)) as object
  return { port, use: reference.use ?? 'code', options, at: isWritten === undefined ? undefined : place?.(path) }
}

/** What stands by a name of secrets and is no reference to one is hidden: no stack can be used that holds it. */
function withoutSecrets(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => withoutSecrets(item, name))
  if (typeof value === 'object' && value !== null) {
    const isFile = Object.keys(value).join() === 'file'
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, withoutSecrets(inner, isFile ? '' : key)]),
    )
  }
  return SECRET_NAME.test(name) && typeof value === 'string' && !REFERENCE.test(value) ? '(hidden)' : value
}
