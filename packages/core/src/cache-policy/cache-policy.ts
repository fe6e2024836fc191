import type { CacheEntry } from '../artifact/result-manifest.ts'
import type { CodePart, StepCode } from '../code-identity/code-identity.ts'
import { token, type Token } from '../container/token.ts'
import type { Json } from '../encoding/tagged-json.ts'
import type { PlainData } from '../encoding/plain-data.ts'
import type { Component, OperationOptions } from '../plugin/component.ts'

/** One labelled part of a cache key. */
export interface KeyPart {
  /** What it is: `code`, `param:gamma`, `input:x`, `output:model`. Unique within a tree. */
  readonly label: string
  /** What counts, as tagged JSON. */
  readonly value: Json
  /** What helps a person and does not count, such as the files behind a code digest. */
  readonly detail?: readonly CodePart[] | undefined
}

/** The parts that a cache key is made of. */
export interface KeyTree {
  /** Type of the policy that made it. */
  readonly policy: string
  readonly parts: readonly KeyPart[]
}

/** A step that must not be reused, and why. */
export interface Uncacheable {
  /** One clause, without a full stop. */
  readonly uncacheable: string
  /** `file:line`, where there is one. */
  readonly at?: string | undefined
}

/** A port of a step, as it counts for caching. */
export interface PortForCaching {
  readonly name: string
  /** Name and version of the declared type: `npy@1`, `list<json@1>`. */
  readonly type: string
}

/** An input with the identity of what it was given. */
export interface InputForCaching extends PortForCaching {
  /** Content digest; a list counts as the collection of its items. Absent for an optional input without a value. */
  readonly digest?: string | undefined
}

/** Everything about one step invocation that a policy may count. Parts are made only when asked for. */
export interface StepForCaching {
  readonly step: string
  readonly invocation: string
  readonly pipeline: string
  readonly inputs: readonly InputForCaching[]
  readonly outputs: readonly PortForCaching[]
  /** Validated parameters. */
  readonly params: { readonly [name: string]: PlainData | undefined }
  code(): Promise<StepCode>
}

/** Whether an entry that was found may be used. */
export type Verdict = { readonly accepted: true } | { readonly accepted: false; readonly reason: string }

/**
 * Decides what a cache key is made of and whether an entry under it is still good.
 *
 * Promises: `describe` depends on nothing but the step it is given; equal trees mean that results may be exchanged.
 */
export interface CachePolicy extends Component {
  describe(step: StepForCaching, options?: OperationOptions): Promise<KeyTree | Uncacheable>
  /** A last word on an entry under the right key. @default every entry is accepted */
  accept?(entry: CacheEntry, step: StepForCaching, options?: OperationOptions): Promise<Verdict>
}

/** Where the cache policy of a stack is found. */
export const CACHE_POLICY: Token<CachePolicy> = token('CachePolicy')
