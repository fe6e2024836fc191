import type { CacheEntry } from '../artifact/result-manifest.ts'
import type { DeclaredOutside } from '../authoring/caching-options.ts'
import type { CodePart, StepCode } from '../code-identity/code-identity.ts'
import { token, type Token } from '../container/token.ts'
import type { Json } from '../encoding/tagged-json.ts'
import type { PlainData } from '../encoding/plain-data.ts'
import type { Component, OperationOptions } from '../plugin/component.ts'

/** One labelled part of a cache key. */
export interface KeyPart {
  /**
   * What it is, unique within a tree: `code`, `codeVersion`, `port:input:x`, `captured:rate`, `package:lodash`,
   * `env:TZ`, `platform`, `param:gamma`, `input:x`, `output:model`, `files`, `url:https://example.org/a.csv`, `key`.
   */
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
  /** Sentences to be said of the step besides, without its name. They do not count. */
  readonly notices?: readonly string[] | undefined
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

/** A declared file as it is now. */
export interface FileForCaching {
  /** Relative to the project, or to the folder where the wildcards of an absolute pattern begin. */
  readonly path: string
  /** sha256 of the content, as hex. */
  readonly digest: string
}

/** A declared URL as it is now. */
export interface UrlForCaching {
  /** Without user name, password, query and fragment. Several URLs may have the same. */
  readonly url: string
  /** `etag:...`, `modified:...` or `sha256:...`. */
  readonly state: string
}

/** An environment variable as it is now. */
export interface VariableForCaching {
  readonly name: string
  /** Keyed digest of the value, which only those who share the cache index can compare; `undefined` if not set. */
  readonly digest: string | undefined
}

/** The declared options of a step that are in force, as JSON. */
export interface OptionsForCaching extends DeclaredOutside {
  /** Names of environment variables that never count. */
  readonly secrets?: readonly string[] | undefined
}

/**
 * Everything about one step invocation that a policy may count. Parts are made only when asked for, at most once.
 *
 * It may be copied with changes (`{ ...step, params }`) and given to the default policy.
 *
 * @typeParam S what the `settings` schema of the policy's definition gives
 */
export interface StepForCaching<S = unknown> {
  readonly step: string
  readonly invocation: string
  readonly pipeline: string
  readonly inputs: readonly InputForCaching[]
  readonly outputs: readonly PortForCaching[]
  /** Validated parameters. */
  readonly params: { readonly [name: string]: PlainData | undefined }
  readonly options: OptionsForCaching
  /**
   * What is said to this policy of the step, as the `settings` schema of its definition gives it; absent where nothing is
   * said. They are in no key by themselves: what of them decides what counts is for the policy to put into its tree.
   */
  readonly settings?: S | undefined
  /** Operating system, processor and binary interface of Node: `linux-x64-137`. */
  readonly platform: string
  code(): Promise<StepCode>
  /**
   * The declared files, sorted by path.
   *
   * @throws CAIRN_DECLARED_FILE
   */
  files(): Promise<readonly FileForCaching[]>
  /**
   * The declared URLs, in the order of their declaration.
   *
   * @throws CAIRN_DECLARED_URL
   */
  urls(): Promise<readonly UrlForCaching[]>
  /** Environment variables, declared or not. */
  variables(names: readonly string[]): Promise<readonly VariableForCaching[]>
  /**
   * What the step's own key function gives; absent where it has none.
   *
   * @throws CAIRN_KEY_FUNCTION
   */
  readonly ownKey?: (() => Promise<Json>) | undefined
}

/** Whether an entry that was found may be used. */
export type Verdict = { readonly accepted: true } | { readonly accepted: false; readonly reason: string }

/** The policy that a policy builds on. */
export interface BasePolicy {
  describe(step: StepForCaching): Promise<KeyTree | Uncacheable>
  accept(entry: CacheEntry, step: StepForCaching): Promise<Verdict>
}

/** What a policy gets besides the step. */
export interface PolicyContext extends OperationOptions {
  /** The default policy: it counts everything that can change a result, and knows which entries have expired. */
  readonly next: BasePolicy
}

/**
 * Decides what a cache key is made of and whether an entry under it is still good.
 *
 * Promises: `describe` depends on nothing but the step it is given; equal trees mean that results may be exchanged, also
 * those of steps with other settings.
 *
 * @typeParam S what its settings are
 *
 * @example
 * const release: CachePolicy = {
 *   name: 'release',
 *   type: 'release',
 *   async describe(step, { next }) {
 *     const tree = await next.describe(step)
 *     if ('uncacheable' in tree) return tree
 *     return { policy: 'release', parts: [...tree.parts, { label: 'release', value: '2026.1' }] }
 *   },
 * }
 */
export interface CachePolicy<S = unknown> extends Component {
  /**
   * Whether the outputs of an entry are read and compared with their digests before it is used.
   *
   * @default false: that they are there with the right size is enough
   */
  readonly verify?: boolean | undefined
  describe(step: StepForCaching<S>, context: PolicyContext): Promise<KeyTree | Uncacheable>
  /** A last word on an entry under the right key. @default that of the default policy, which looks at `expires` */
  accept?(entry: CacheEntry, step: StepForCaching<S>, context: PolicyContext): Promise<Verdict>
}

/** Where the cache policy of a stack is found. */
export const CACHE_POLICY: Token<CachePolicy> = token('CachePolicy')
