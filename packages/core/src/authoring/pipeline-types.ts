import type { PortMap } from '../materializer/port.ts'
import type { Artifact, Invocation } from './handle.ts'
import type { PipelineOptions } from './options.ts'
import type { Run, RunOptions } from './run-types.ts'
import type { SlotCall, SlotFiller, Slots } from './slot.ts'
import type { Args, ParamsIn, ParamsOut, Simplify, Wires } from './step-types.ts'

/** What a pipeline is. */
export interface PipelineDeclaration<P, I extends PortMap, S extends Slots, R> extends PipelineOptions {
  readonly name: string
  readonly params?: P
  /** Data that whoever runs or nests the pipeline gives: `external(...)` or outputs of steps. */
  readonly inputs?: I
  /** Steps to be filled in by role. */
  readonly slots?: S
  /** Joins steps. Parameters are values here, results of steps are handles. What it returns is the run's result. */
  readonly build: (args: Simplify<ParamsOut<P> & Wires<I>>, steps: { readonly [K in keyof S]: SlotCall<S[K]> }) => R
}

/** The slots that are still to be filled. */
export type Unfilled<S, Filled> = Exclude<keyof S, Filled>

/** A pipeline: run it, or call it inside another `build` to inline it. */
export interface Pipeline<P, I, S extends Slots, R, Filled = never> {
  (...args: Args<Simplify<ParamsIn<P> & Wires<I>>, { readonly id?: string }>): R
  readonly declaration: { readonly name: string }
  /**
   * Runs the pipeline and resolves when it has ended.
   *
   * @throws CAIRN_RUN_FAILED (a `RunFailedError`) if a step failed and `reject` is not false; usage errors before
   * anything is recorded
   */
  run(
    ...args: [Unfilled<S, Filled>] extends [never]
      ? Args<Simplify<ParamsIn<P> & Wires<I>>, RunOptions>
      : [{ readonly 'fill these slots first, by .with({ steps })': Unfilled<S, Filled> }]
  ): Promise<Run<R>>
  /** A changed copy: other options, or filled slots. */
  with<K extends keyof S = never>(
    change: PipelineOptions & { readonly steps?: { readonly [N in K]: SlotFiller<S[N]> } },
  ): Pipeline<P, I, S, R, Filled | K>
}

/** The loadable results of a run, in the shape that `build` returned. */
export type Results<R> =
  R extends Artifact<infer T>
    ? { load(): Promise<T> }
    : R extends Invocation | void
      ? undefined
      : { readonly [K in keyof R]: Results<R[K]> }
