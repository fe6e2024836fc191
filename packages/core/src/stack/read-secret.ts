import { isUtf8 } from 'node:buffer'
import { readFileSync, statSync } from 'node:fs'
import nodePath from 'node:path'

import { isAbsent } from '../files/file-problem.ts'
import { isVariableName, replacePlaceholders, variableOf } from '../environment/env-placeholder.ts'
import { cairnError } from '../errors/cairn-error.ts'
import { hideSecret } from '../secrets/known-secrets.ts'
import type { SecretReference } from './option-secrets.ts'

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
  return hidden(replacePlaceholders(from.text, (name) => hidden(variableText(name, at, environment))))
}

function variableText(name: string, at: string, environment: NodeJS.ProcessEnv): string {
  if (!isVariableName(name)) {
    throw refused(at, `"${name.slice(0, 100)}" is no name of a variable`, 'Letters, digits and _ make one.')
  }
  const value = variableOf(name, environment)
  if (value !== undefined && value !== '') return value
  throw refused(at, `the variable ${name} is not set`, `Set ${name}; a run also takes it from --env-file.`)
}

function hidden(secret: string): string {
  hideSecret(secret)
  return secret
}

function fileText(file: string, at: string): string {
  const bytes = fileBytes(file, at)
  if (!isUtf8(bytes)) throw unreadable(file, at, 'it is not UTF-8 text')
  const text = bytes
    .toString()
    .replace(/^\u{feff}/u, '')
    .replace(/\r?\n$/, '')
  if (text === '') throw unreadable(file, at, 'it is empty')
  return text
}

function fileBytes(file: string, at: string): Buffer {
  let problem: string
  try {
    const stats = statSync(file)
    if (stats.isFile() && stats.size <= MAX_BYTES) return readFileSync(file)
    problem = stats.isFile() ? `it is larger than ${MAX_BYTES} bytes` : 'it is not a file'
  } catch (error) {
    problem = isAbsent(error) ? 'it is not there' : ((error as NodeJS.ErrnoException).code ?? String(error))
  }
  throw unreadable(file, at, problem)
}

function unreadable(file: string, at: string, reason: string): Error {
  return refused(at, `the file ${file} cannot be read (${reason})`, "Its path counts from the project's folder.")
}

function refused(at: string, problem: string, remedy: string): Error {
  return cairnError('CAIRN_STACK_SECRET', { at, problem, remedy })
}
