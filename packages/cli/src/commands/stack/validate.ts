import nodePath from 'node:path'

import type { ChosenStack } from '@cairnml/core/stack'
import { loadStackFile, type CheckedComponent } from '@cairnml/core/stack-files'

import type { Command } from '../../command.ts'
import { plainLines } from '../../output/plain-text.ts'
import { stackCommand } from './stack-command.ts'
import { shownPath, type StackSession } from './stack-session.ts'
import { CHECK_OPTIONS, problemText, uncheckedLines, validated } from './validation.ts'

/** `cairn stack validate`: whether a stack can be used, with all that is wrong with it. */
export const validateCommand: Command = stackCommand({
  name: 'stack validate',
  options: CHECK_OPTIONS,
  takes: ['[stack]'],
  run: async ({ session, values, names: [given] }) => {
    const stack = await meantStack(session, given)
    const components = await validated(session, stack, values)
    const faults = components.filter(({ state }) => state === 'invalid')
    const { name } = stack.definition
    const file = stack.file === undefined ? 'built in' : shownPath(stack.file)
    const verdict =
      faults.length === 0 ? 'can be used' : `cannot be used: ${faults.length} of its components have faults`
    return {
      text: `Stack ${name} (${file}) ${verdict}.\n${faults.map(faultText).join('')}${uncheckedLines(components, values)}`,
      json: { format: 'cairn.stack-validate/1', name, file: stack.file, valid: faults.length === 0, components },
      code: faults.length === 0 ? 0 : 2,
    }
  },
})

async function meantStack(session: StackSession, given: string | undefined): Promise<ChosenStack> {
  const isFile = given !== undefined && /[\\/]|\.(?:yaml|yml|json)$/.test(given)
  if (!isFile) return session.namedOrUsed(given)
  const file = nodePath.resolve(given)
  const name = nodePath.parse(file).name
  const { definition, place } = await loadStackFile(file, name)
  return { choice: { name, source: 'option' }, definition, file, place }
}

function faultText(component: CheckedComponent): string {
  const { problem } = component
  if (problem === undefined) return ''
  const hint = problem.hint === undefined ? '' : `  ${problem.hint}\n`
  return plainLines(`${problem.code}: ${problemText(component)}\n${hint}`)
}
