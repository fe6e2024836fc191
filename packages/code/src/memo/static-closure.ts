import type { CodePart, OutsideRead } from '@cairnml/core'

import type { ClosureRefusal, ReachedPackage, RunRead, StepClosure } from '../closure/step-closure.ts'

/** What is known of a closure without looking at its code again: JSON-safe, its parts apart. */
export interface StaticClosure {
  readonly digest: string
  /** What `.implement` was given, where the root is the function of a step. */
  readonly implementation?: 'literal' | 'expression' | 'elsewhere' | undefined
  readonly reasons: readonly ClosureRefusal[]
  readonly captured: readonly string[]
  readonly packages: readonly ReachedPackage[]
  readonly environment: readonly string[]
  readonly outsideReads: readonly OutsideRead[]
  readonly readsRun?: RunRead | undefined
}

/** A closure with its pieces for people, which are read only when somebody wants to see them. */
export interface KnownClosure {
  readonly closure: StaticClosure
  /** Every file that it depends on, absolute. */
  readonly files: readonly string[]
  readonly parts: () => readonly CodePart[]
}

/** The part of a closure that does not need its nodes. */
export function staticClosure(closure: StepClosure): StaticClosure {
  const { digest, reasons, captured, packages, environment, outsideReads, readsRun, root } = closure
  return {
    digest,
    implementation: root.implementation,
    reasons,
    captured,
    packages,
    environment,
    outsideReads,
    readsRun,
  }
}
