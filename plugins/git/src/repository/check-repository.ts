import { cairnError, type OperationOptions } from '@cairnml/core'

import { failureText } from './failure-text.ts'
import { openRepository } from './open-repository.ts'

const NEVER = new AbortController().signal

/**
 * Whether git is there and a project is in a repository that it may read.
 *
 * @param component as errors name it
 * @throws CAIRN_COMPONENT_CHECK
 */
export async function checkRepository(
  component: string,
  projectDir: string,
  { signal = NEVER }: OperationOptions = {},
): Promise<void> {
  try {
    await openRepository(projectDir, signal)
  } catch (error) {
    signal.throwIfAborted()
    throw cairnError('CAIRN_COMPONENT_CHECK', { component, problem: failureText(error, signal) }, { cause: error })
  }
}
