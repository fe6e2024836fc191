import type { StackDefinition } from '@cairnml/core'
import { writeWhole } from '@cairnml/core/files'
import { activeStackFile, type ChosenStack } from '@cairnml/core/stack'
import { movedParts, type MovedPart } from '@cairnml/core/stack-files'

import type { StackSession } from './stack-session.ts'

const NAMES: Readonly<Record<MovedPart['port'], string>> = {
  artifactStore: 'artifact store',
  cacheIndex: 'cache index',
}

/** Uses a stack on this machine from now on. The lines say what that means for results that are there. */
export async function activate(session: StackSession, stack: ChosenStack): Promise<readonly string[]> {
  const before = await definitionInUse(session)
  const { name } = stack.choice
  await writeWhole(activeStackFile(session.cairnDir), `${name}\n`)
  // A variable may say otherwise, and then nothing changes.
  if (before === undefined || session.choice().name !== name) return []
  const moved = await movedParts(before, stack.definition, session.environment)
  if (moved.length === 0) return []
  const what = moved.map(({ port }) => NAMES[port]).join(' and another ')
  if (moved.every(({ isEmpty }) => isEmpty))
    return [`It has another ${what}; stack ${before.name} has kept nothing yet.`]
  const push = `cairn artifact push --all --stack ${before.name} --to ${name}`
  return [`It has another ${what}: results that only stack ${before.name} has do not follow; ${push} copies them.`]
}

/** The stack that is used until now; nothing where that cannot be read. */
async function definitionInUse(session: StackSession): Promise<StackDefinition | undefined> {
  try {
    return (await session.namedOrUsed(undefined)).definition
  } catch {
    return undefined
  }
}
