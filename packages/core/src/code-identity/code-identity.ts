/** Where a step was defined: what `step()` saw of the call stack, read only when the code is asked for. */
export interface DefinitionSite {
  /**
   * The frames above the call of `step()`, in V8's textual form, innermost first (at most four). The first is the
   * place of the call; whether another frame of user code follows tells a definition inside a function from one at
   * the top level of a module.
   */
  readonly stack: string
  /** Whether the same place defined another step before in this process, as a factory or a loop does. */
  readonly repeated: boolean
}

/** The step whose code is asked for. */
export interface StepSource {
  readonly name: string
  readonly site: DefinitionSite
}

/** One piece of code that a step can reach, for people; the digest that counts is that of the whole. */
export interface CodePart {
  /** A file relative to the project, or `package <name>`. */
  readonly label: string
  /** sha256 of a file's content, or the version of a package. */
  readonly identity: string
}

/** The code of a step, or why it is not known. */
export type StepCode =
  | {
      readonly known: true
      /** sha256 as hex. It never depends on where the project lies. */
      readonly digest: string
      readonly parts: readonly CodePart[]
      /** Where a worker finds the step: the `file:` URL of the module that defines it. */
      readonly module: string
    }
  | {
      readonly known: false
      /** One clause, without a full stop: `it calls eval`. */
      readonly reason: string
      /** `file:line`, relative to the project. */
      readonly at?: string | undefined
    }

/**
 * Finds the code that a step can reach and says in one digest what it is.
 *
 * The promise: two different results for one digest are impossible as far as code is concerned. Where that cannot be
 * promised the answer is `known: false`; nothing is guessed.
 */
export interface CodeIdentity {
  identify(step: StepSource): Promise<StepCode>
}
