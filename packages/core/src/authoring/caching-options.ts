import type { PlainData } from '../encoding/plain-data.ts'

/** What a step says when its code reads from outside and it declares nothing: a line, a failure, or nothing. */
export const UNDECLARED_MODES = ['warn', 'error', 'off'] as const

/** `warn` says it in a line of the run, `error` fails the step before it runs, `off` is silent. */
export type UndeclaredMode = (typeof UNDECLARED_MODES)[number]

/** What an own key function is told of a step that is ready. */
export interface KeyFacts<Params = Readonly<Record<string, unknown>>> {
  /** Validated. */
  readonly params: Params
  /** Content digests of the inputs by name; `undefined` for an optional input without a value. */
  readonly inputs: { readonly [name: string]: string | undefined }
}

/**
 * What is left out of the cache key. A variable or package that the step does not use at the moment changes nothing, and
 * is said once per code of the step unless its pipeline ignores it.
 */
export interface Ignored {
  readonly params?: readonly string[] | undefined
  readonly inputs?: readonly string[] | undefined
  /** Environment variables that the step's code reads, or that are declared for all steps of a pipeline. */
  readonly env?: readonly string[] | undefined
  /** npm packages that the step's code reaches. */
  readonly packages?: readonly string[] | undefined
}

/**
 * What may be declared of the outside as JSON: what counts for caching besides code, parameters and inputs. What is
 * declared is looked at before a step runs and again when it has run: a result that was made while something changed is
 * used in its run and not kept for later ones.
 */
export interface DeclaredOutside {
  /**
   * Files by content: paths and globs relative to the project, or absolute. A glob that matches nothing is an empty set,
   * a path that does not exist an error, a path of a folder all files in it. Wildcards match no names that begin with a
   * dot and do not enter `node_modules`; links are followed.
   */
  readonly files?: readonly string[] | undefined
  /** `http:` or `https:` URLs: by ETag, else Last-Modified, else the sha256 of the body. One look per run. */
  readonly urls?: readonly string[] | undefined
  /** Environment variables by value. Only a keyed digest is stored. */
  readonly env?: readonly string[] | undefined
  readonly ignore?: Ignored | undefined
  /** How long a result may be reused: `'12h'`, `'30d'`, `'2w'`. @default that of the cache policy, else for ever */
  readonly expires?: string | undefined
  /**
   * Counts in place of the step's code, its types, the packages and the environment variables that it reads: the step is
   * the same until this text changes.
   */
  readonly codeVersion?: string | undefined
  /** When the step reads from outside and declares nothing. @default 'warn' */
  readonly undeclared?: UndeclaredMode | undefined
}

/** Options that decide whether a result is reused. */
export interface CachingOptions<Params = Readonly<Record<string, unknown>>> extends DeclaredOutside {
  /** Whether results are reused and kept for reuse. @default true */
  readonly cache?: boolean
  /**
   * Gives plain data that counts besides everything else, and is stored with the key. It has to be pure, and is called
   * before each look-up.
   */
  readonly key?: ((facts: KeyFacts<Params>) => PlainData | Promise<PlainData>) | undefined
}
