import { stackNames } from '@cairnml/core/stack'
import { checkStack } from '@cairnml/core/stack-files'

import type { StackSession } from '../stack/stack-session.ts'
import { problemText } from '../stack/validation.ts'
import { meansPlugin, usesPlugin } from './stack-uses.ts'

/** What a stack of the project says to a plugin that this plugin does not take. */
export interface StackFault {
  readonly stack: string
  readonly message: string
}

/** The faults of the stacks that use a plugin, as far as they are of its components: another version takes other options. */
export async function stackFaults(session: StackSession, plugin: string): Promise<readonly StackFault[]> {
  const found: StackFault[] = []
  for (const name of stackNames(session.entries())) {
    const stack = await session.named(name).catch(() => undefined)
    if (stack === undefined || !usesPlugin(stack, plugin)) continue
    const environment = { ...session.environment, place: stack.place }
    const components = await checkStack(stack.definition, environment, { allowCode: false, talk: false })
    const own = components.filter(({ use, problem }) => problem !== undefined && meansPlugin(use, plugin))
    found.push(...own.map((component) => ({ stack: name, message: problemText(component) })))
  }
  return found
}
