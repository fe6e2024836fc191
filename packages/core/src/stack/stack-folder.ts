import { readdirSync, realpathSync } from 'node:fs'
import nodePath from 'node:path'

import { cairnError } from '../errors/cairn-error.ts'
import { fileProblem, isAbsent } from '../files/file-problem.ts'
import { nameProblem } from '../names/name.ts'
import { DEFAULT_STACK } from './define-stack.ts'

/** The folder of a project that holds its stack files. */
export const STACK_FOLDER = 'stacks'

const STACK_FILE = /^(.+)\.(?:yaml|yml|json)$/

/** A stack that has a file. */
export interface StackEntry {
  readonly name: string
  /** Absolute. */
  readonly file: string
}

/**
 * The stack files of a project by name; a file whose name no stack can have is none.
 *
 * @throws CAIRN_CONFIG_MISSING where their folder cannot be read
 */
export function stackEntries(projectDir: string): readonly StackEntry[] {
  const folder = nodePath.join(projectDir, STACK_FOLDER)
  return namesIn(folder).flatMap((file) => {
    const name = STACK_FILE.exec(file)?.[1]
    return name === undefined || nameProblem(name) !== undefined ? [] : [{ name, file: nodePath.join(folder, file) }]
  })
}

/**
 * The file of a stack, if it has one. Names are compared as they are written, also where the file system would not.
 *
 * @throws CAIRN_STACK_INVALID where several files have the name
 */
export function stackFile(name: string, entries: readonly StackEntry[]): string | undefined {
  const [entry, other] = entries.filter((one) => one.name === name)
  if (entry === undefined || other === undefined) return entry?.file
  const files = [entry.file, other.file].map((file) => nodePath.basename(file)).join(' and ')
  const remedy = 'Remove or rename one of them, so that the name means one stack.'
  throw cairnError('CAIRN_STACK_INVALID', {
    stack: name,
    path: STACK_FOLDER,
    problem: `${files} are both there`,
    remedy,
  })
}

/**
 * The name of the stack that is meant by a name, or by the path of its file, from the current folder or else from the
 * project's; `undefined` for any other path.
 */
export function stackNameOf(given: string, projectDir: string): string | undefined {
  if (!isStackPath(given)) return given
  const entries = stackEntries(projectDir)
  const files = [nodePath.resolve(given), nodePath.resolve(projectDir, given)]
  return files.map((file) => entryOf(file, entries)).find((entry) => entry !== undefined)?.name
}

/** Whether what is given for a stack is a path, and no name. */
export function isStackPath(given: string): boolean {
  return /[\\/]|\.(?:yaml|yml|json)$/.test(given)
}

/** Two names may lead to one file, so what is written as it is given goes first. */
function entryOf(file: string, entries: readonly StackEntry[]): StackEntry | undefined {
  return entries.find((one) => one.file === file) ?? entries.find((one) => realOf(one.file) === realOf(file))
}

/** The name of every stack of a project, `default` first. */
export function stackNames(entries: readonly StackEntry[]): readonly string[] {
  return [...new Set([DEFAULT_STACK.name, ...entries.map(({ name }) => name)])]
}

function realOf(file: string): string {
  try {
    return realpathSync(file)
  } catch {
    return file
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).toSorted()
  } catch (error) {
    if (isAbsent(error)) return []
    // The built-in stack would be used in place of a `default` that has a file.
    const problem = fileProblem(error)
    throw cairnError(
      'CAIRN_CONFIG_MISSING',
      { file: folder, wanted: 'The choice of a stack', problem },
      { cause: error },
    )
  }
}
