import { CairnError, type StackDefinition } from '@cairnml/core'
import type { ChosenStack } from '@cairnml/core/stack'
import { checkStack, writeStackSchema, type CheckedComponent } from '@cairnml/core/stack-files'

import { leaveAtEnd } from '../../output/early-end.ts'
import type { StackSession } from './stack-session.ts'

/** The options of commands that check a stack. */
export const CHECK_OPTIONS = { 'allow-code': { type: 'boolean' }, check: { type: 'boolean' } } as const

/** How these options were given. */
export interface CheckFlags {
  readonly 'allow-code'?: boolean
  readonly check?: boolean
}

/** Checks a stack, and writes the JSON Schema of the plugins that are installed. */
export async function validated(
  session: StackSession,
  { definition, place }: Pick<ChosenStack, 'place'> & { readonly definition: StackDefinition },
  flags: CheckFlags,
): Promise<readonly CheckedComponent[]> {
  const { 'allow-code': allowCode = false, check: talk = false } = flags
  const check = { allowCode, talk, onLate: leaveAtEnd }
  const components = await checkStack(definition, { ...session.environment, place }, check)
  await writeStackSchema(session.environment, { onLate: leaveAtEnd })
  return components
}

/**
 * Refuses a stack that has a fault, with the first of them.
 *
 * @throws what is wrong with it
 */
export function assertValid(components: readonly CheckedComponent[]): void {
  const [first, ...others] = components.filter(({ problem }) => problem !== undefined)
  if (first?.problem === undefined) return
  const more = others.length === 0 ? '' : ` And ${others.length} more: cairn stack validate shows all.`
  const { code, hint } = first.problem
  throw new CairnError({ code, message: `${problemText(first)}${more}`, hint })
}

/** What is wrong with a component, with its place in the stack where the error does not tell one. */
export function problemText({ problem, at }: CheckedComponent): string {
  const message = problem?.message ?? ''
  const [file = ''] = at?.split(':') ?? []
  return at === undefined || message.includes(`${file}:`) ? message : `${message.replace(/\.$/, '')} (${at}).`
}

/** What was not looked at, as a line for each. */
export function uncheckedLines(components: readonly CheckedComponent[], { check }: CheckFlags): string {
  const unchecked = components.filter(({ state }) => state === 'unchecked')
  const lines = unchecked.map(
    ({ port, use }) => `Not checked: ${port} is ${use}, code of this project; --allow-code loads it.\n`,
  )
  const silent =
    check === true && unchecked.length > 0 ? 'Not asked: services of a stack that is checked in part only.\n' : ''
  return `${lines.join('')}${silent}`
}
