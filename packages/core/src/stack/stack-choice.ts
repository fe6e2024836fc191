import { readFileSync } from 'node:fs'
import nodePath from 'node:path'

import { cairnError } from '../errors/cairn-error.ts'
import { fileProblem, isAbsent } from '../files/file-problem.ts'
import { DEFAULT_STACK } from './define-stack.ts'
import { stackNameOf } from './stack-folder.ts'

/** What can say which stack is used, first those that win. */
export const STACK_SOURCES = ['option', 'environment', 'set', 'project', 'default'] as const

/** What says which stack is used. */
export type StackSource = (typeof STACK_SOURCES)[number]

/** Which stack is used, and what says so. */
export interface StackChoice {
  readonly name: string
  readonly source: StackSource
}

/** What a stack is chosen from. */
export interface StackWishes {
  /** Of the run: its flag, else its configuration, else its code; a name or a file. */
  readonly option?: string | undefined
  /** Of `cairn.yaml`; a name or a file. */
  readonly configured?: string | undefined
  readonly cairnDir: string
  /** Where the files of stacks are. */
  readonly projectDir: string
  readonly environment?: NodeJS.ProcessEnv | undefined
}

const REASONS: Readonly<Record<StackSource, string>> = {
  option: 'the option --stack, or `stack` of the run',
  environment: 'the variable CAIRN_STACK',
  set: '`cairn stack set`',
  project: '`stack` in cairn.yaml',
  default: 'nothing, so it is the default',
}

/** The file that holds the name of the stack that was set for a project on this machine. */
export function activeStackFile(cairnDir: string): string {
  return nodePath.join(cairnDir, 'active-stack')
}

/**
 * Which stack is meant: that of the run, of `CAIRN_STACK`, of `cairn stack set`, of `cairn.yaml`, or `default`. Where people
 * say it, it may be the file of a stack.
 *
 * @throws CAIRN_CONFIG_MISSING where it cannot be told what was set
 */
export function chooseStack(wishes: StackWishes): StackChoice {
  const { option, configured, cairnDir, projectDir, environment = process.env } = wishes
  if (option !== undefined) return { name: stackNameOf(option, projectDir) ?? option, source: 'option' }
  const variable = environment['CAIRN_STACK']
  if (variable) return { name: stackNameOf(variable, projectDir) ?? variable, source: 'environment' }
  const active = activeStack(cairnDir)
  if (active !== undefined) return { name: active, source: 'set' }
  if (configured !== undefined) return { name: stackNameOf(configured, projectDir) ?? configured, source: 'project' }
  return { name: DEFAULT_STACK.name, source: 'default' }
}

/** What chose a stack, as the end of "chosen by". */
export function stackReason(source: StackSource): string {
  return REASONS[source]
}

/**
 * The name that `cairn stack set` left, whether or not there is such a stack.
 *
 * @throws CAIRN_CONFIG_MISSING where it cannot be told
 */
export function activeStack(cairnDir: string): string | undefined {
  const file = activeStackFile(cairnDir)
  try {
    return readFileSync(file, 'utf8').trim() || undefined
  } catch (error) {
    if (isAbsent(error)) return undefined
    // Another stack would be used, in silence.
    const problem = fileProblem(error)
    throw cairnError('CAIRN_CONFIG_MISSING', { file, wanted: 'The choice of a stack', problem }, { cause: error })
  }
}
