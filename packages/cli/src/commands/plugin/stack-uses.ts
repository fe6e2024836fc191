import { useParts } from '@cairnml/core/stack-files'
import { stackNames, stackParts, type ChosenStack } from '@cairnml/core/stack'

import { shownPath, type StackSession } from '../stack/stack-session.ts'

/** The stacks with a file that use a plugin, as people see them: their files, or where those extend others, too. */
export async function stacksUsing(session: StackSession, packageName: string): Promise<readonly string[]> {
  const found: string[] = []
  const entries = session.entries()
  for (const name of stackNames(entries)) {
    const stack = await session.named(name, entries).catch(() => undefined)
    if (stack !== undefined && usesPlugin(stack, packageName)) {
      found.push(stack.file === undefined ? `the stack ${name}` : shownPath(stack.file))
    }
  }
  return found
}

/** Whether a component of a stack comes from a package. */
export function usesPlugin({ definition }: ChosenStack, packageName: string): boolean {
  return stackParts(definition).some(({ reference: { use } }) => use !== undefined && meansPlugin(use, packageName))
}

/** Whether what a stack writes under `use` can be a package. */
export function meansPlugin(use: string, packageName: string): boolean {
  const { name } = useParts(use)
  return [name, `@cairnml/plugin-${name}`, `cairnml-plugin-${name}`].includes(packageName)
}
