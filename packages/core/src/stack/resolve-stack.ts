import { cairnError } from '../errors/cairn-error.ts'
import { nameProblem } from '../names/name.ts'
import { nearestName } from '../names/nearest.ts'
import { DEFAULT_STACK, type StackDefinition } from './define-stack.ts'
import type { OpenProject } from './open-project.ts'
import { chooseStack, stackReason, type StackChoice } from './stack-choice.ts'
import { stackEntries, stackFile, stackNames, type StackEntry } from './stack-folder.ts'
import type { StackPlace } from './stack-place.ts'

/** A stack that was chosen, as it is defined at this moment. */
export interface ChosenStack {
  readonly choice: StackChoice
  readonly definition: StackDefinition
  /** Where it is written; absent for a stack in code and for the built-in one. */
  readonly file?: string | undefined
  /** Where its parts are written. */
  readonly place?: StackPlace | undefined
}

/**
 * The stack that a run or a reader uses: the one that is given, or that of the name which wins. A file is read afresh at
 * each call; nothing that it names is loaded.
 *
 * @param option a name, the path of a stack file of the project, or a stack in code
 * @throws CAIRN_STACK_UNKNOWN, CAIRN_STACK_INVALID, CAIRN_CONFIG_INVALID, CAIRN_CONFIG_MISSING
 */
export async function resolveStack(
  option: string | StackDefinition | undefined,
  { dirs, config }: OpenProject,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<ChosenStack> {
  if (typeof option === 'object') return { choice: { name: option.name, source: 'option' }, definition: option }
  const { cairnDir, projectDir } = dirs
  const choice = chooseStack({ option, configured: config.stack, cairnDir, projectDir, environment })
  return namedStack(choice, projectDir)
}

/**
 * The stack of a name as its file defines it; `default` is built in unless it has a file.
 *
 * @param entries the stack files of the project, where many stacks are asked for; default: those of this moment
 * @throws CAIRN_STACK_UNKNOWN, CAIRN_STACK_INVALID, CAIRN_CONFIG_INVALID, CAIRN_CONFIG_MISSING
 */
export async function namedStack(
  choice: StackChoice,
  projectDir: string,
  entries: readonly StackEntry[] = stackEntries(projectDir),
): Promise<ChosenStack> {
  const file = stackFile(choice.name, entries)
  if (file === undefined) {
    if (choice.name === DEFAULT_STACK.name) return { choice, definition: DEFAULT_STACK }
    throw unknownStack(choice.name, stackNames(entries), stackReason(choice.source))
  }
  const { loadStackFile } = await import('../stack-files/load-stack-file.ts')
  const { definition, place } = await loadStackFile(file, choice.name)
  return { choice, definition, file, place }
}

/**
 * The error of a name that no stack has.
 *
 * @param by what chose it
 */
export function unknownStack(name: string, known: readonly string[], by?: string): Error {
  const reason = nameProblem(name)
  const nearest = reason === undefined ? nearestName(name, known) : undefined
  return cairnError('CAIRN_STACK_UNKNOWN', { name, known, nearest, by, reason })
}
