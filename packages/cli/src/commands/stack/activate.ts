import type { StackDefinition } from '@cairnml/core'
import { writeWhole } from '@cairnml/core/files'
import { activeStackFile, isSamePart, type ChosenStack } from '@cairnml/core/stack'

import type { StackSession } from './stack-session.ts'

const KEPT = ['artifactStore', 'cacheIndex'] as const

/** Uses a stack on this machine from now on. The lines say what that means for results that are there. */
export async function activate(session: StackSession, stack: ChosenStack): Promise<readonly string[]> {
  const before = await definitionInUse(session)
  await writeWhole(activeStackFile(session.cairnDir), `${stack.choice.name}\n`)
  if (before === undefined) return []
  const [store, index] = KEPT.map((port) => !isSamePart(before, stack.definition, port))
  if (!store && !index) return []
  const what = [...(store ? ['artifact store'] : []), ...(index ? ['cache index'] : [])].join(' and another ')
  const push = `cairn artifact push --all --stack ${before.name} --to ${stack.choice.name}`
  return [`It has another ${what}: results of the stack before do not follow; ${push} copies them.`]
}

/** The stack that is used until now; nothing where that cannot be read. */
async function definitionInUse(session: StackSession): Promise<StackDefinition | undefined> {
  try {
    return (await session.namedOrUsed(undefined)).definition
  } catch {
    return undefined
  }
}
