import { existsSync, statSync } from 'node:fs'
import nodePath from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { inspect } from 'node:util'

import { cairnError, isCairnError } from '@cairnml/core'
import { registerLoader } from '@cairnml/loader'

/**
 * Loads the module of a pipeline as Node does, and what Node refuses of TypeScript as its tsconfig says.
 *
 * @throws CAIRN_FILE_MISSING, CAIRN_FILE_FAILED; Cairn errors that the file throws as they are
 */
export async function loadFile(file: string): Promise<Readonly<Record<string, unknown>>> {
  const path = nodePath.resolve(file)
  if (!existsSync(path)) throw cairnError('CAIRN_FILE_MISSING', { file, problem: 'it is not there' })
  if (!statSync(path).isFile()) throw cairnError('CAIRN_FILE_MISSING', { file, problem: 'it is not a file' })
  registerLoader(({ cause, ...details }) => cairnError('CAIRN_FILE_FAILED', details, { cause }))
  try {
    return (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>
  } catch (error) {
    if (isCairnError(error)) throw error
    throw cairnError('CAIRN_FILE_FAILED', { file, problem: loadProblem(error) }, { cause: error })
  }
}

/** What Node puts above the stack of a syntax error: the file and line that it cannot read. */
const UNREADABLE = /^(file:\/\/\S+|\/\S+):(\d+)$/m
/** A frame of a stack in a file of the project. */
const FRAME = /\(?(file:\/\/[^\s()]+|\/[^\s()]+):(\d+(?::\d+)?)\)?$/

/** The error in one clause, with the place in the project where it comes from. */
function loadProblem(error: unknown): string {
  if (!(error instanceof Error)) return `it threw ${inspect(error, { breakLength: Infinity })}`
  const stack = String(error.stack ?? '')
  const [, file, line] = UNREADABLE.exec(stack) ?? frameOf(stack) ?? []
  const where = file === undefined ? '' : ` (${relativePath(file)}:${line})`
  return `${error.name}: ${String(error.message).trim().replace(/\.$/, '')}${where}`
}

function frameOf(stack: string): RegExpExecArray | undefined {
  for (const line of stack.split('\n')) {
    const found = line.includes('node:') || line.includes('node_modules') ? null : FRAME.exec(line)
    if (found !== null && /^\s+at /.test(line)) return found
  }
  return undefined
}

function relativePath(file: string): string {
  return nodePath.relative('', file.startsWith('file:') ? fileURLToPath(file) : file)
}
