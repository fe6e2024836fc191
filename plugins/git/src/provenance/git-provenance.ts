import type { CodeProvenance, OperationOptions, Provenance } from '@cairnml/core'

import { checkRepository } from '../repository/check-repository.ts'
import { failureText } from '../repository/failure-text.ts'
import { openRepository } from '../repository/open-repository.ts'
import { repositoryState } from './repository-state.ts'

const NEVER = new AbortController().signal

/** The state of the git repository that the project is in. */
export class GitProvenance implements Provenance {
  readonly name: string
  readonly type = 'git'
  readonly #projectDir: string

  constructor(name: string, projectDir: string) {
    this.name = name
    this.#projectDir = projectDir
  }

  /** Whether git is there, and the project in a repository that it may read. */
  check(options?: OperationOptions): Promise<void> {
    return checkRepository(`provenance (${this.name})`, this.#projectDir, options)
  }

  /** Never rejects: what git does not say is in `missing`. */
  async collect({ signal = NEVER }: OperationOptions = {}): Promise<CodeProvenance> {
    try {
      const repository = await openRepository(this.#projectDir, signal)
      return { type: this.type, ...(await repositoryState(repository, signal)) }
    } catch (error) {
      return { type: this.type, missing: [failureText(error, signal)] }
    }
  }
}
