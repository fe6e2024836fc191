import { checkLayout, METADATA_STORE, CACHE_INDEX, ARTIFACT_STORE } from '@cairnml/core'
import { namedStack, openStack, stackReason, type ChosenStack } from '@cairnml/core/stack'
import { checkStack } from '@cairnml/core/stack-files'

import { leaveAtEnd } from '../../output/early-end.ts'
import { shownPath, type StackSession } from '../stack/stack-session.ts'
import { problemText } from '../stack/validation.ts'
import { finding, type Finding } from './finding.ts'
import { pluginFindings } from './plugin-findings.ts'

/** The form of a key, and none that a step has. */
const UNUSED_KEY = '0'.repeat(64)

/** How the stack is looked at. */
export interface StackLook {
  readonly stack?: string | undefined
  readonly allowCode: boolean
}

/** Whether the plugins, the stack and its stores can be used. */
export async function stackFindings(
  session: StackSession,
  { stack, allowCode }: StackLook,
): Promise<readonly Finding[]> {
  const plugins = await pluginFindings(session)
  let chosen: ChosenStack | undefined
  const used = await finding('stack', async () => {
    const choice = session.choice(stack)
    chosen = await namedStack(choice, session.projectDir)
    const where = chosen.file === undefined ? 'built in' : shownPath(chosen.file)
    return `${choice.name} (${where}), chosen by ${stackReason(choice.source)}`
  })
  if (chosen === undefined) return [...plugins, used]
  const components = await componentFindings(session, chosen, allowCode)
  const isWhole = components.every(({ state }) => state === 'ok')
  return [...plugins, used, ...components, ...(isWhole ? await storeFindings(session, chosen) : [])]
}

async function componentFindings(
  session: StackSession,
  { definition, place }: ChosenStack,
  allowCode: boolean,
): Promise<readonly Finding[]> {
  const check = { allowCode, talk: true, onLate: leaveAtEnd }
  const checked = await checkStack(definition, { ...session.environment, place }, check)
  return checked.map((component) => {
    const { port, use, plugin, state, problem } = component
    if (problem !== undefined) {
      return { about: port, state: 'bad', text: `${problem.code}: ${problemText(component)}`, hint: problem.hint }
    }
    if (state === 'valid') return { about: port, state: 'ok', text: `${use} (${plugin ?? 'code'})` }
    return { about: port, state: 'unchecked', text: `${use} is code of this project; --allow-code loads it` }
  })
}

/** The components answered: what is left is what stores hold. A store that can be asked is not opened, which may make it. */
async function storeFindings(session: StackSession, { definition, place }: ChosenStack): Promise<readonly Finding[]> {
  await using stack = await openStack(definition, { ...session.environment, place })
  return [
    await finding('artifact store', async () => {
      const store = await stack.get(ARTIFACT_STORE)
      return (await checkLayout(store)) ? 'can be used' : 'can be used, is empty'
    }),
    await finding('metadata store', async () => {
      const store = await stack.get(METADATA_STORE)
      if (store.check === undefined) await store.query('run', { limit: 1 })
      return 'can be used'
    }),
    await finding('cache index', async () => {
      const index = await stack.get(CACHE_INDEX)
      if (index.check === undefined) await index.get(UNUSED_KEY)
      return 'can be used'
    }),
  ]
}
