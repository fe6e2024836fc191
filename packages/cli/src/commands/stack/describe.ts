import { stackParts } from '@cairnml/core/stack'

import type { Command } from '../../command.ts'
import { plainLines } from '../../output/plain-text.ts'
import { indented, settingLines } from '../component/option-lines.ts'
import { describedPart, type DescribedPart } from './described-part.ts'
import { stackCommand } from './stack-command.ts'
import { shownPath } from './stack-session.ts'

/** `cairn stack describe`: the components of a stack, where they are written, and what steps may say to them. */
export const describeCommand: Command = stackCommand({
  name: 'stack describe',
  options: { 'allow-code': { type: 'boolean' } },
  takes: ['[stack]'],
  run: async ({ session, values, names: [given] }) => {
    const stack = await session.namedOrUsed(given)
    const { name } = stack.definition
    const look = { environment: session.environment, allowCode: values['allow-code'] === true }
    const components = await Promise.all(stackParts(stack.definition).map((part) => describedPart(part, stack, look)))
    const where = stack.file === undefined ? 'built in' : shownPath(stack.file)
    return {
      text: plainLines(`${name} (${where})\n${components.map(partLines).join('')}`),
      json: { format: 'cairn.stack-describe/1', name, file: stack.file, components },
    }
  },
})

function partLines({ port, use, options, settings, at }: DescribedPart): string {
  const shown = Object.entries(options).map(([option, value]) => ` ${option}=${JSON.stringify(value)}`)
  const place = at === undefined ? 'default' : at
  const line = `  ${port}: ${use}${shown.join('')} (${place})\n`
  return `${line}${settings === undefined ? '' : indented(settingLines(settings, true))}`
}
