import { parseArgs } from 'node:util'

import { CairnError, nearestName } from '@cairnml/core'

import { isPluginPort, PLUGIN_PORTS } from './plugin-ports.ts'
import type { PluginCreation } from './create-plugin.ts'
import type { ProjectCreation } from './create-project.ts'

/** What is to be created. */
export type Creation = ({ readonly kind: 'project' } & ProjectCreation) | ({ readonly kind: 'plugin' } & PluginCreation)

/** A command line as it was given; what is missing can be asked for. */
export interface CreateCall {
  readonly values: ReturnType<typeof parsed>['values']
  readonly positional?: string | undefined
}

const OPTIONS = {
  name: { type: 'string' },
  plugin: { type: 'string' },
  dir: { type: 'string' },
  yes: { type: 'boolean', short: 'y' },
  json: { type: 'boolean' },
  debug: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const

/** The folder of a project when nobody says one. */
export const DEFAULT_FOLDER = 'cairn-project'

/** Reads a command line. @throws CAIRN_COMMAND_USAGE */
export function readCall(argv: readonly string[]): CreateCall {
  const { values, positionals } = parsed(argv)
  const [positional, extra] = positionals
  if (extra !== undefined) throw usage(`One folder or name is created at a time; "${extra}" is too much.`)
  if (values.plugin === undefined && values.dir !== undefined)
    throw usage('--dir is for plugins; a project is created in [folder].')
  if (values.plugin !== undefined && values.name !== undefined)
    throw usage('--name is for projects; a plugin is named after its component.')
  return { values, positional }
}

/** What a command line without a question means. @throws CAIRN_COMMAND_USAGE */
export function creationOf({ values, positional }: CreateCall): Creation {
  const { plugin: port, name, dir: folder } = values
  if (port === undefined) return { kind: 'project', folder: positional ?? name ?? DEFAULT_FOLDER, name }
  if (!isPluginPort(port)) {
    const nearest = nearestName(port, PLUGIN_PORTS)
    const meant = nearest === undefined ? '' : ` Did you mean "${nearest}"?`
    throw usage(`There is no component "${port}" that a plugin could supply.${meant}`)
  }
  if (positional === undefined) throw usage(`A plugin needs a name: --plugin ${port} my-store.`)
  return { kind: 'plugin', port, name: positional, folder }
}

function parsed(
  argv: readonly string[],
): ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>> {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true })
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error))
  }
}

function usage(message: string): Error {
  return new CairnError({ code: 'CAIRN_COMMAND_USAGE', message, hint: '`npm create cairnml -- --help` says more.' })
}
