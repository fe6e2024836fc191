import { readFileSync, statSync } from 'node:fs'
import nodePath from 'node:path'

import { cairnError } from '../errors/cairn-error.ts'
import type { SecretReference } from './option-secrets.ts'

const PLACEHOLDER = /\$\{env:([^}]*)\}/g
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/
const MAX_BYTES = 64 * 1024

/** From where secrets are read. */
export interface SecretSurroundings {
  /** Files are given from here. */
  readonly projectDir: string
  readonly environment: NodeJS.ProcessEnv
}

/**
 * The value of a secret: of its variables, or the text of its file without the last line break.
 *
 * @param at where it is written
 * @throws CAIRN_STACK_SECRET
 */
export function readSecret(
  { from }: SecretReference,
  at: string,
  { projectDir, environment }: SecretSurroundings,
): string {
  if ('file' in from) return fileText(nodePath.resolve(projectDir, from.file), at)
  return from.text.replaceAll(PLACEHOLDER, (_match, name: string) => {
    if (!NAME.test(name))
      throw refused(at, `"${name.slice(0, 100)}" is no name of a variable`, 'Letters, digits and _ make one.')
    const value = environment[name]
    if (value === undefined || value === '')
      throw refused(at, `the variable ${name} is not set`, `Set ${name}; a run also takes it from --env-file.`)
    return value
  })
}

function fileText(file: string, at: string): string {
  try {
    const stats = statSync(file)
    if (!stats.isFile()) throw new Error('it is not a file')
    if (stats.size > MAX_BYTES) throw new Error(`it is larger than ${MAX_BYTES} bytes`)
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
    const reason = code === 'ENOENT' ? 'it is not there' : (code ?? String((error as Error).message))
    throw refused(at, `the file ${file} cannot be read (${reason})`, "Its path counts from the project's folder.")
  }
}

function refused(at: string, problem: string, remedy: string): Error {
  return cairnError('CAIRN_STACK_SECRET', { at, problem, remedy })
}
