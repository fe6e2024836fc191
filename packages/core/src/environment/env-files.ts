import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'

import { cairnError } from '../errors/cairn-error.ts'

/** Files of environment variables. */
export interface EnvFiles {
  /** Those that a project names; one that is not there is skipped. */
  readonly known?: readonly string[] | undefined
  /** Those that were asked for; they win over the others. */
  readonly wanted?: readonly string[] | undefined
}

/**
 * Sets the variables of files as `node --env-file` does: of several files the later one wins, and a variable that is set
 * already wins over all of them.
 *
 * @throws CAIRN_CONFIG_MISSING
 */
export function loadEnvFiles(
  { known = [], wanted = [] }: EnvFiles,
  environment: NodeJS.ProcessEnv = process.env,
): void {
  const texts = [...known.map((file) => textOf(file, 'if-there')), ...wanted.map((file) => textOf(file, 'needed'))]
  const values = Object.assign(Object.create(null), ...texts.map((text) => parseEnv(text))) as NodeJS.Dict<string>
  for (const [name, value] of Object.entries(values)) environment[name] ??= value
}

function textOf(file: string, need: 'needed' | 'if-there'): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    // Sound: that is what functions of node:fs throw.
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' && need === 'if-there') return ''
    const problem = code === 'ENOENT' ? 'it is not there' : `it cannot be read (${code})`
    throw cairnError('CAIRN_CONFIG_MISSING', { file, wanted: '--env-file', problem }, { cause: error })
  }
}
