import type { StandardSchemaV1 } from '@standard-schema/spec'

import type { LazyList, List, Optional, Port, PortMap, ValueOf } from '../materializer/port.ts'
import type { StepContext } from './context.ts'
import type { Artifact, Invocation } from './handle.ts'
import type { CallOptions, StepOptions } from './options.ts'

/** A schema for parameters: any Standard Schema whose value is an object. */
export type ParamsSchema = StandardSchemaV1<unknown, object>

export type Simplify<T> = T extends unknown ? { [K in keyof T]: T[K] } : never
type Awaitable<T> = T | Promise<T>

/** The parameters as a caller gives them. */
export type ParamsIn<P> = P extends StandardSchemaV1<infer I, unknown> ? I : {}
/** The parameters as the function gets them. */
export type ParamsOut<P> = P extends StandardSchemaV1<unknown, infer O> ? O : {}

type OptionalKeys<I> = { [K in keyof I]: I[K] extends Optional<infer _> ? K : never }[keyof I]
type SplitOptional<I, V> = { readonly [K in Exclude<keyof I, OptionalKeys<I>>]: V[K & keyof V] } & {
  readonly [K in OptionalKeys<I>]?: V[K & keyof V] | undefined
}
/** The values behind declared ports. */
export type Values<I> = SplitOptional<I, { [K in keyof I]: ValueOf<I[K]> }>

type Wire<A> =
  A extends Optional<infer E>
    ? Wire<E> | Artifact<ValueOf<E> | undefined>
    : A extends List<infer E> | LazyList<infer E>
      ? readonly Artifact<ValueOf<E>>[] | Artifact<readonly ValueOf<E>[]> | Artifact<AsyncIterable<ValueOf<E>>>
      : Artifact<ValueOf<A>>
/** The handles that declared inputs take. */
export type Wires<I> = SplitOptional<I, { [K in keyof I]: Wire<I[K]> }>

type OrArtifact<T> = T | Artifact<Exclude<T, undefined>>
type ParamArgs<T, Preset> = T extends unknown
  ? { readonly [K in keyof T as K extends Preset ? never : K]: OrArtifact<T[K]> } & {
      readonly [K in keyof T as K extends Preset ? K : never]?: OrArtifact<T[K]>
    }
  : never
/** What a call of a step takes: handles for inputs, values or handles for parameters. */
export type CallArgs<P, I, Preset> = Simplify<ParamArgs<ParamsIn<P>, Preset> & Wires<I>>
/** Arguments that may be left out when nothing in them is required. */
export type Args<T, Options> = {} extends T ? [args?: T, options?: Options] : [args: T, options?: Options]
/** What the function of a step gets. */
export type RunArgs<P, I> = Simplify<ParamsOut<P> & Values<I>>

/** A step's output declaration: one unnamed, several named, or none. */
export type OutputsOf<Out, Outs> = [Out] extends [never] ? ({} extends Outs ? undefined : Outs) : Out
/** What a call of a step returns. */
export type Handles<O> = O extends Port
  ? Artifact<ValueOf<O>>
  : O extends PortMap
    ? { readonly [K in keyof O]: Artifact<ValueOf<O[K]>> }
    : Invocation
/** What a step may return for an output. */
type Given<A> =
  A extends Optional<infer E>
    ? Given<E> | undefined
    : A extends LazyList<infer E>
      ? AsyncIterable<ValueOf<E>> | Iterable<ValueOf<E>>
      : ValueOf<A>
/** What the function of a step returns. */
export type Returned<O> = O extends Port
  ? Given<O>
  : O extends PortMap
    ? SplitOptional<O, { [K in keyof O]: Given<O[K]> }>
    : void

/** Inputs and outputs by type; what a slot declares. */
export interface Shape<I extends PortMap, Out extends Port, Outs extends PortMap> {
  readonly inputs?: I
  /** One unnamed output. */
  readonly output?: Out
  /** Several named outputs. */
  readonly outputs?: Outs
}

/** What a step is, apart from its function. */
export interface StepDeclaration<
  P,
  I extends PortMap,
  Out extends Port,
  Outs extends PortMap,
  Secrets extends string = string,
>
  extends Shape<I, Out, Outs>, StepOptions<ParamsOut<P>> {
  readonly name: string
  readonly params?: P
  readonly secrets?: readonly Secrets[]
}

/** A declared step that still needs its function. */
export interface DeclaredStep<P, I, O, Secrets extends string = never> {
  /** Gives the function. It may be asynchronous; its second argument is the context. */
  implement(run: (args: RunArgs<P, I>, context: StepContext<Secrets>) => Awaitable<Returned<O>>): Step<P, I, O>
}

/** A step: call it inside `build` to use it. */
export interface Step<P, I, O, Preset = never> {
  (...args: Args<CallArgs<P, I, Preset>, CallOptions>): Handles<O>
  readonly declaration: { readonly name: string }
  /** A changed copy: other options, or parameters that need not be given any more. */
  with<K extends keyof ParamsIn<P> = never>(
    change: StepOptions<ParamsOut<P>> & { readonly params?: Pick<ParamsIn<P>, K> },
  ): Step<P, I, O, Preset | K>
  /** Calls the function alone, without stack or store. Parameters are checked and get their defaults. */
  entrypoint(...args: Args<Simplify<ParamsIn<P> & Values<I>>, { readonly signal?: AbortSignal }>): Promise<Returned<O>>
}
