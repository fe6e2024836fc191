import { errorRecord } from '@cairnml/core'
import { stackNames, stackParts, stackReason, type StackEntry } from '@cairnml/core/stack'

import type { Command } from '../../command.ts'
import { formatTable } from '../../output/table.ts'
import { stackCommand } from './stack-command.ts'
import { shownPath, type StackSession } from './stack-session.ts'

interface ListedStack {
  readonly name: string
  readonly active: boolean
  readonly file?: string | undefined
  /** What each component uses. */
  readonly components?: Readonly<Record<string, string>>
  /** Why the file cannot be read. */
  readonly problem?: string
}

/** `cairn stack list`: the stacks of the project. */
export const listCommand: Command = stackCommand({
  name: 'stack list',
  options: {},
  takes: [],
  run: async ({ session }) => {
    const choice = session.choice()
    const entries = session.entries()
    const look = { session, entries, active: choice.name }
    const stacks = await Promise.all(stackNames(entries).map((name) => listed(name, look)))
    const reason = stackReason(choice.source)
    const rows = stacks.map(({ name, active, file, components, problem }) => [
      `${active ? '* ' : '  '}${name}`,
      components?.['orchestrator'] ?? '-',
      components?.['artifactStore'] ?? '-',
      components?.['metadataStore'] ?? '-',
      components?.['cachePolicy'] ?? '-',
      problem ?? (file === undefined ? 'built in' : shownPath(file)),
    ])
    const titles = ['  STACK', 'ORCHESTRATOR', 'ARTIFACT STORE', 'METADATA STORE', 'CACHE POLICY', 'FILE']
    const table = formatTable(
      titles.map((title) => ({ title })),
      rows,
    )
    const used = stacks.some(({ active }) => active)
      ? `* is used, chosen by ${reason}.\n`
      : `There is no stack "${choice.name}", which is chosen by ${reason}.\n`
    return { text: `${table}${used}`, json: { format: 'cairn.stack-list/1', active: { ...choice, reason }, stacks } }
  },
})

interface ListLook {
  readonly session: StackSession
  readonly entries: readonly StackEntry[]
  /** The name of the stack that is used. */
  readonly active: string
}

async function listed(name: string, { session, entries, active }: ListLook): Promise<ListedStack> {
  const about = { name, active: name === active }
  try {
    const { definition, file } = await session.named(name, entries)
    const uses = stackParts(definition).map(({ port, reference }) => [port, reference.use ?? 'code'])
    return { ...about, file, components: Object.fromEntries(uses) as Readonly<Record<string, string>> }
  } catch (error) {
    return { ...about, problem: errorRecord(error).message }
  }
}
