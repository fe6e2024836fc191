import type { DeclaredPorts } from '../authoring/declared-ports.ts'

/** Where a step was defined: what `step()` saw of the call stack, read only when the code is asked for. */
export interface DefinitionSite {
  /**
   * The frames above the call of `step()`, in V8's textual form, innermost first (at most four). The first is the
   * place of the call; whether another frame of user code follows tells a definition inside a function from one at
   * the top level of a module.
   */
  readonly stack: string
  /**
   * The same frames as V8 itself sees them, before source maps: only where something maps stacks in this process.
   */
  readonly rawStack?: string | undefined
  /** Whether the same place defined another step before in this process, as a factory or a loop does. */
  readonly repeated: boolean
}

/** The step whose code is asked for. */
export interface StepSource {
  readonly name: string
  readonly site: DefinitionSite
  /** The function that was given to `.implement`, as it lives in this process: what it captures is read from it. */
  readonly run: Function
  /** Its inputs and outputs: their types are code that runs when the step reads and writes. */
  readonly ports: DeclaredPorts
}

/** One piece of code that a step can reach, for people; the digest that counts is that of the whole. */
export interface CodePart {
  /** A place in the project: `src/scale.ts:normalise`, or the file where the whole of it counts. */
  readonly label: string
  /** sha256 as hex, or the start of it. */
  readonly identity: string
  /** What it is, for sentences: `function`, `class`, `constant`, `file`. */
  readonly kind?: string | undefined
}

/** The code of one declared input or output that is not built in. */
export interface PortCode {
  /** `input:x` or `output:model`. */
  readonly port: string
  /** sha256 as hex. */
  readonly digest: string
  readonly parts: readonly CodePart[]
}

/** A value from around the step's function that the function uses: what a factory or a loop gave it. */
export interface CapturedValue {
  readonly name: string
  /** sha256 as hex of the value in canonical form. Equal values have equal digests. */
  readonly digest: string
  /** The value as text, for numbers, booleans and null; anything else might be a secret. */
  readonly shown?: string | undefined
}

/** An npm package that a step reaches. */
export interface PackageCode {
  readonly name: string
  readonly version: string
  /** What counts: version and integrity of the package and of everything below it. */
  readonly identity: string
  /** The packages below it, as `name@version`, sorted. */
  readonly below: readonly string[]
  /** Whether it, or one below it, holds machine code: then operating system and processor count, too. */
  readonly isNative: boolean
}

/** A place in reach of a step that reads from outside of it, as far as can be seen in the code. */
export interface OutsideRead {
  /** What is called: `fetch`, `node:fs`, `Math.random`, `package pg`. */
  readonly what: string
  /** `file:line`, relative to the project. */
  readonly at: string
}

/** The code of a step that is known. */
export interface KnownCode {
  readonly known: true
  /** sha256 as hex of the function and all project code that it reaches. It never depends on where the project lies. */
  readonly digest: string
  readonly parts: readonly CodePart[]
  readonly ports: readonly PortCode[]
  readonly captured: readonly CapturedValue[]
  /** Sorted by name; one name may be there with several identities. */
  readonly packages: readonly PackageCode[]
  /** Names of environment variables that are read literally (`process.env.NAME`) in reach, sorted. */
  readonly environment: readonly string[]
  readonly outsideReads: readonly OutsideRead[]
  /** Where `context.run` is read in reach, as `file:line`: which run it is would be an undeclared input. */
  readonly readsRun?: string | undefined
  /** Where a worker finds the step: the `file:` URL of the module that defines it. */
  readonly module: string
}

/** Why the code of a step cannot be known. */
export interface UnknownCode {
  readonly known: false
  /** One clause, without a full stop: `it calls eval`. */
  readonly reason: string
  /** `file:line`, relative to the project. */
  readonly at?: string | undefined
}

/** The code of a step, or why it is not known. */
export type StepCode = KnownCode | UnknownCode

/** Where a bundle is written and where it is going to run. */
export interface BundleTarget {
  readonly folder: string
  /** `local`: on this machine, with its installed packages; `portable`: anywhere, with packages inside. */
  readonly profile: 'local' | 'portable'
}

/** The code of a step as a module that runs without the rest of the project. */
export interface StepBundle {
  readonly known: true
  /** `file:` URL of a module that exports `run`, the function, and `ports`, its `inputs` and `outputs` by name. */
  readonly module: string
  /** Packages with machine code, which have to be installed where it runs: version by name. */
  readonly nativePackages: Readonly<Record<string, string>>
}

/**
 * Finds the code that a step can reach and says in one digest what it is.
 *
 * The promise: two different results for one digest are impossible as far as code is concerned, if captured values,
 * packages and environment are the same, too. Where that cannot be promised the answer is `known: false`; nothing is
 * guessed.
 */
export interface CodeIdentity {
  identify(step: StepSource): Promise<StepCode>
  /**
   * Writes the code of a step into a folder, as a module that runs in another process. Absent where code is only
   * identified.
   */
  bundle?(step: StepSource, to: BundleTarget): Promise<StepBundle | UnknownCode>
}
