import type {
  CachePolicy,
  KeyPart,
  KeyTree,
  KnownCode,
  OperationOptions,
  PolicyContext,
  StepCode,
  StepForCaching,
  Uncacheable,
} from '@cairnml/core'

import { checkRepository } from '../repository/check-repository.ts'
import type { GitPolicySettings } from '../git-options.ts'
import { codeState, type CodeState } from './code-state.ts'
import { takeSnapshot, type Snapshot } from './snapshot.ts'

/** What the policy is made from. */
export interface GitCachePolicyFacts {
  /** The user's project, absolute. */
  readonly projectDir: string
  /** Relative to the project. @default the commit as a whole */
  readonly paths?: readonly string[] | undefined
}

const NO_FILES = { digest: '', parts: [], ports: [], packages: [] } as const
const NOTHING_KNOWN: KnownCode = {
  ...NO_FILES,
  known: true,
  captured: [],
  environment: [],
  outsideReads: [],
  module: '',
}

/**
 * Counts a commit, or the trees of some paths in it, in place of the code that a step reaches. Everything else counts as by
 * default: parameters, inputs, types of outputs, captured values, variables, and what the step declares.
 *
 * Files that are not committed as they are make a step uncacheable whose paths they are in. The state of all files is asked
 * for once: a process goes on with the code that it has loaded, also for a step that names paths of its own later.
 */
export class GitCachePolicy implements CachePolicy<GitPolicySettings> {
  readonly name: string
  readonly type = 'git'
  readonly #facts: GitCachePolicyFacts
  #snapshot: Promise<Snapshot | Uncacheable> | undefined
  /** By the paths that are asked about. */
  readonly #states = new Map<string, Promise<CodeState>>()

  constructor(name: string, facts: GitCachePolicyFacts) {
    this.name = name
    this.#facts = facts
  }

  /** Whether git is there, and the project in a repository that it may read. */
  check(options?: OperationOptions): Promise<void> {
    return checkRepository(`cachePolicy (${this.name})`, this.#facts.projectDir, options)
  }

  async describe(step: StepForCaching<GitPolicySettings>, { next }: PolicyContext): Promise<KeyTree | Uncacheable> {
    if (step.options.codeVersion !== undefined) return named(await next.describe(step))
    const state = await this.#stateOf(step.settings?.paths ?? this.#facts.paths)
    if ('uncacheable' in state) return state
    const code = await step.code()
    const tree = await next.describe({ ...step, code: async () => besidesFiles(code) })
    if ('uncacheable' in tree) return tree
    const parts = tree.parts.filter(({ label }) => label !== 'code')
    return named({ ...tree, parts: [...state.parts, ...whichStep(step), ...platformPart(step, code), ...parts] })
  }

  async #stateOf(paths: readonly string[] | undefined): Promise<CodeState> {
    const snapshot = await (this.#snapshot ??= takeSnapshot(this.#facts.projectDir))
    if ('uncacheable' in snapshot) return snapshot
    const key = JSON.stringify(paths ?? null)
    const state = this.#states.get(key) ?? codeState(snapshot, paths)
    this.#states.set(key, state)
    return state
  }
}

function named(tree: KeyTree | Uncacheable): KeyTree | Uncacheable {
  return 'uncacheable' in tree ? tree : { ...tree, policy: 'git' }
}

/** What a step's code takes from somewhere else than files: values around it, variables, the run that it is in. */
function besidesFiles(code: StepCode): KnownCode {
  return code.known ? { ...code, ...NO_FILES } : NOTHING_KNOWN
}

/** All steps of a commit have the same trees: which of them it is has to be said. */
function whichStep({ pipeline, step }: StepForCaching): readonly KeyPart[] {
  return [{ label: 'step', value: { pipeline, step } }]
}

/** Where the code is not known, it may reach a package with machine code. */
function platformPart({ platform, options }: StepForCaching, code: StepCode): readonly KeyPart[] {
  const ignored = options.ignore?.packages ?? []
  const isPortable = code.known && !code.packages.some(({ name, isNative }) => isNative && !ignored.includes(name))
  return isPortable ? [] : [{ label: 'platform', value: platform }]
}
