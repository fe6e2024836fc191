import { token, type Token } from '../container/token.ts'
import type { Component, OperationOptions } from '../plugin/component.ts'

/** Files that differ from the recorded state of the code. */
export interface ChangedFiles {
  /** How many there are. A folder in which nothing is known to version control is one. */
  readonly count: number
  /** The first ones, at most 50; relative to the top of the repository, with `/` between folders. */
  readonly files: readonly string[]
}

/** Which state of the code a run was made with. What could not be found out is absent and said in `missing`. */
export interface CodeProvenance {
  /** Type of the component that found it: `git`. */
  readonly type: string
  /** The commit, as hex. */
  readonly commit?: string | undefined
  /** Absent where no branch is checked out. */
  readonly branch?: string | undefined
  /** Whether files differ from the commit, or are not known to version control and not ignored either. */
  readonly dirty?: boolean | undefined
  /** Present if `dirty`. */
  readonly changed?: ChangedFiles | undefined
  /** Where the repository is published, without user name, password and query. */
  readonly remote?: string | undefined
  /** Whether the commit is known to be at a remote; nobody is asked over the network. */
  readonly pushed?: boolean | undefined
  /** What could not be found out and why, one clause each. */
  readonly missing?: readonly string[] | undefined
}

/**
 * Finds out which state of the code a run is made with. Asked once in a run, beside its steps, and only in a run that
 * executes one.
 *
 * Promises: what it returns is JSON and holds no secrets; it ends soon after its signal is aborted; it starts no program
 * that a repository names. What goes wrong fails no run: what it throws is recorded as missing.
 */
export interface Provenance extends Component {
  collect(options?: OperationOptions): Promise<CodeProvenance>
}

/** Where the provenance of a stack is found, if it has one. */
export const PROVENANCE: Token<Provenance> = token('Provenance')
