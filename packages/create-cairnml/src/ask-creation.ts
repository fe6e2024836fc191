import { cancel, intro, isCancel, select, text } from '@clack/prompts'

import { DEFAULT_FOLDER, type Creation } from './creation.ts'
import { pluginName } from './created-name.ts'
import { PLUGIN_PORTS, PORT_MEANINGS } from './plugin-ports.ts'

/** Asks on a terminal what is to be created; `undefined` when whoever was asked goes away. */
export async function askCreation(): Promise<Creation | undefined> {
  intro('Cairn')
  const kind = await select({
    message: 'What do you want to start?',
    options: [
      { value: 'project' as const, label: 'A project', hint: 'pipelines of your own' },
      { value: 'plugin' as const, label: 'A plugin', hint: 'a component of stacks, such as an artifact store' },
    ],
  })
  const creation = isCancel(kind) ? undefined : await (kind === 'project' ? askProject() : askPlugin())
  if (creation === undefined) cancel('Nothing was created.')
  return creation
}

async function askProject(): Promise<Creation | undefined> {
  const folder = await text({ message: 'In which folder?', placeholder: DEFAULT_FOLDER, defaultValue: DEFAULT_FOLDER })
  return isCancel(folder) ? undefined : { kind: 'project', folder }
}

async function askPlugin(): Promise<Creation | undefined> {
  const port = await select({
    message: 'What does it supply?',
    options: PLUGIN_PORTS.map((value) => ({ value, label: value, hint: PORT_MEANINGS[value] })),
  })
  if (isCancel(port)) return undefined
  const name = await text({ message: 'What is it called?', placeholder: 'my-store', validate: problemOfName })
  return isCancel(name) ? undefined : { kind: 'plugin', port, name }
}

function problemOfName(given: string | undefined): string | undefined {
  try {
    pluginName(given ?? '')
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
