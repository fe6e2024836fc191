import { isUtf8 } from 'node:buffer'
import { readFileSync, statSync } from 'node:fs'
import nodePath from 'node:path'

import { cairnError } from '../errors/cairn-error.ts'
import { hideSecret } from '../secrets/known-secrets.ts'
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
 * The value of a secret: of its variables, or the text of its file without the last line break. Errors do not show it from
 * then on.
 *
 * @param at where it is written
 * @throws CAIRN_STACK_SECRET
 */
export function readSecret(
  { from }: SecretReference,
  at: string,
  { projectDir, environment }: SecretSurroundings,
): string {
  if ('file' in from) return hidden(fileText(nodePath.resolve(projectDir, from.file), at))
  const text = from.text.replaceAll(PLACEHOLDER, (_match, name: string) => {
    if (!NAME.test(name))
      throw refused(at, `"${name.slice(0, 100)}" is no name of a variable`, 'Letters, digits and _ make one.')
    // What every object has, like `constructor`, is no variable.
    const value = Object.hasOwn(environment, name) ? environment[name] : undefined
    if (value === undefined || value === '')
      throw refused(at, `the variable ${name} is not set`, `Set ${name}; a run also takes it from --env-file.`)
    return hidden(value)
  })
  return hidden(text)
}

function hidden(secret: string): string {
  hideSecret(secret)
  return secret
}

function fileText(file: string, at: string): string {
  const bytes = fileBytes(file, at)
  const problem = isUtf8(bytes) ? 'it is empty' : 'it is not UTF-8 text'
  const text = isUtf8(bytes)
    ? bytes
        .toString()
        .replace(/^\u{feff}/u, '')
        .replace(/\r?\n$/, '')
    : ''
  if (text === '') throw unreadable(file, at, problem)
  return text
}

function fileBytes(file: string, at: string): Buffer {
  try {
    const stats = statSync(file)
    if (!stats.isFile()) throw new Error('it is not a file')
    if (stats.size > MAX_BYTES) throw new Error(`it is larger than ${MAX_BYTES} bytes`)
    return readFileSync(file)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
    throw unreadable(file, at, code === 'ENOENT' ? 'it is not there' : (code ?? String((error as Error).message)))
  }
}

function unreadable(file: string, at: string, reason: string): Error {
  return refused(at, `the file ${file} cannot be read (${reason})`, "Its path counts from the project's folder.")
}

function refused(at: string, problem: string, remedy: string): Error {
  return cairnError('CAIRN_STACK_SECRET', { at, problem, remedy })
}
