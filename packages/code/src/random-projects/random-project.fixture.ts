/** Text of each file, by path relative to the project. */
export type ProjectTexts = ReadonlyMap<string, string>

/** A step of a random project. */
export interface RandomStep {
  readonly name: string
  readonly file: string
  /** What the text of the file has at the call that defines the step: `step({ name: 's1'`. */
  readonly needle: string
}

/** A generated project, or one that was made of it by an edit. */
export interface RandomProject {
  readonly texts: ProjectTexts
  readonly entry: string
  readonly steps: readonly RandomStep[]
}

/** In place of a result, where a step was not run. */
export const NOT_RUN = '(not run)'

/** The key and result of each step of one variant of a project. */
export interface StepOutcome {
  readonly step: string
  /** Absent where the identity refuses the step. */
  readonly digest?: string | undefined
  /** Why it is refused. */
  readonly reason?: string | undefined
  /** What the step gave, each time that it ran. `undefined`: it threw, so that nothing can be cached. */
  readonly results: readonly (string | undefined)[]
}

/**
 * How much the code of a generated project changes module state: never, while it loads, or at any time; `mixed`: that
 * differs from seed to seed.
 */
export type StateMode = 'none' | 'load' | 'any' | 'mixed'

/** Offset of the name `step` in the call that defines a step, in UTF-16 code units. */
export function definitionOffset(texts: ProjectTexts, step: RandomStep): number | undefined {
  const offset = texts.get(step.file)?.indexOf(step.needle)
  return offset === undefined || offset < 0 ? undefined : offset
}
