import type { StackDefinition } from '@cairnml/core'
import { writeWhole } from '@cairnml/core/files'
import { activeStackFile, stackParts, type ChosenStack } from '@cairnml/core/stack'

import type { StackSession } from './stack-session.ts'

const KEPT = ['artifactStore', 'cacheIndex'] as const

/** Uses a stack on this machine from now on. The lines say what that means for results that are there. */
export async function activate(session: StackSession, stack: ChosenStack): Promise<readonly string[]> {
  const before = await definitionInUse(session)
  await writeWhole(activeStackFile(session.cairnDir), `${stack.choice.name}\n`)
  if (before === undefined) return []
  const [store, index] = KEPT.map((port) => partText(before, port) !== partText(stack.definition, port))
  if (!store && !index) return []
  const what = [...(store ? ['artifact store'] : []), ...(index ? ['cache index'] : [])].join(' and another ')
  return [`It has another ${what}: results of the stack before are not found there, and steps run again.`]
}

/** The stack that is used until now; nothing where that cannot be read. */
async function definitionInUse(session: StackSession): Promise<StackDefinition | undefined> {
  try {
    return (await session.namedOrUsed(undefined)).definition
  } catch {
    return undefined
  }
}

function partText(definition: StackDefinition, port: string): string {
  return JSON.stringify(stackParts(definition).find((part) => part.port === port)?.reference)
}
