import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

import { cairnError, CairnError } from '@cairnml/core'
import { removeCommand } from '@cairnml/core/package-manager'

import { withHint } from './install-plugin.ts'
import type { PluginChange } from './plugin-change.ts'
import type { ShownPlugin } from './shown-plugin.ts'

/** What `cairn plugin show --json` prints. */
type Shown =
  | { readonly format: 'cairn.plugin-show/1'; readonly plugins: readonly ShownPlugin[] }
  | { readonly format: 'cairn.error/1'; readonly error: Pick<CairnError, 'code' | 'message' | 'hint'> }

/**
 * What was just installed. A new process looks at it: the package manager may have moved the very files of this one, to
 * make room for another release of core.
 *
 * @throws what `cairn plugin show` throws; what is installed stays so, for it may be what somebody wants to correct
 */
export async function addedPlugin(name: string, { session, manager }: PluginChange): Promise<ShownPlugin> {
  const shown = await show(name)
  const stays = `It is installed: ${removeCommand(manager, [name]).join(' ')} removes it.`
  if (shown?.format === 'cairn.error/1') throw withHint(new CairnError(shown.error), stays)
  const plugin = shown?.plugins[0]
  if (plugin !== undefined) return plugin
  const problem = `\`cairn plugin show\` could not look at it from ${session.projectDir}`
  throw withHint(cairnError('CAIRN_PLUGIN_INVALID', { plugin: name, problem }), stays)
}

async function show(name: string): Promise<Shown | undefined> {
  const cairn = process.argv[1] ?? ''
  const child = spawn(process.execPath, [...process.execArgv, cairn, 'plugin', 'show', name, '--json'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const printed = await text(child.stdout)
  try {
    // Sound: it is this very program that printed it.
    return JSON.parse(printed.slice(printed.indexOf('{"format":"cairn.'))) as Shown
  } catch {
    return undefined
  }
}
