import type { CodePart, OutsideRead } from '@cairnml/core'

/** One piece of the closure: a unit of a file, or a whole file (data, CommonJS, the code of a worker). */
export interface ClosureNode {
  /** Absolute real path. */
  readonly file: string
  /** Index of the unit in the summary; absent for a whole file. */
  readonly unit?: number | undefined
  /** `effect`: it is there because it runs at load; steps and pipelines that it mentions are not in its reach. */
  readonly mode: 'use' | 'effect'
  /** Definitions whose code belongs to this node, as indices into the summary. */
  readonly definitions: readonly number[]
  /** `src/scale.ts:normalise`, or the file. */
  readonly label: string
  readonly kind: string
  /** Token hash, by `nodeTokens`. */
  readonly tokens: string
}

/** A package that the closure reaches. */
export interface ReachedPackage {
  /** Real path of its folder. */
  readonly dir: string
  readonly name: string
  readonly version: string
  /** Specifiers by which it is imported, sorted. */
  readonly specifiers: readonly string[]
  /** Files of it that are loaded first, as paths in its folder, sorted. */
  readonly files: readonly string[]
}

/** Why a closure cannot be known. */
export interface ClosureRefusal {
  /** One clause without a full stop. */
  readonly reason: string
  /** `file:line`, relative to the project, with forward slashes. */
  readonly at?: string | undefined
}

/** What `context.run` is read by. */
export interface RunRead {
  /** `file:line`. */
  readonly at: string
  /** The context is handed on, so that the read is only possible. */
  readonly isHandedOn: boolean
}

/** All project code that something can reach. */
export interface StepClosure {
  /** sha256 as hex. It never depends on where files lie. */
  readonly digest: string
  /** Everything but the token hashes: with those it gives the digest, by `closureDigest`. */
  readonly structure: string
  /** Token hashes of the root itself: what a step's own function is. */
  readonly rootTokens: string
  /** Where the root is. */
  readonly root: ClosureRootPlace
  /** In canonical order: breadth first, then effects. */
  readonly nodes: readonly ClosureNode[]
  /** Indices of `nodes`, in evaluation order. */
  readonly effects: readonly number[]
  /** For people. The first is the root. */
  readonly parts: readonly CodePart[]
  readonly packages: readonly ReachedPackage[]
  /** Names that are read literally, sorted. */
  readonly environment: readonly string[]
  readonly outsideReads: readonly OutsideRead[]
  readonly readsRun?: RunRead | undefined
  /** The closure is known if there are none. */
  readonly reasons: readonly ClosureRefusal[]
  /** Names of scopes around the root that it captures. */
  readonly captured: readonly string[]
  /** Sentences that are worth saying and refuse nothing. */
  readonly notices: readonly string[]
  /** Every file that was looked at, absolute, sorted: the closure can only change if one of them does. */
  readonly files: readonly string[]
  /** Paths that were looked for and are not there, or were taken although others might come before them. */
  readonly absent: readonly string[]
}

/** Why the text alone does not say what the function of a step is. */
export const GIVEN_ELSEWHERE = 'its function is not given where the step is declared'

/** The place of a root in its file. */
export interface ClosureRootPlace {
  readonly file: string
  /** Index of the definition; absent if the root is a unit. */
  readonly definition?: number | undefined
  /** `function`, a port, or the index of a unit. */
  readonly what: 'function' | 'port' | 'unit'
  readonly port?: string | undefined
  readonly unit: number
  /** What `.implement` was given; `elsewhere` if it is not called where the step is declared. */
  readonly implementation?: 'literal' | 'expression' | 'elsewhere' | undefined
}
