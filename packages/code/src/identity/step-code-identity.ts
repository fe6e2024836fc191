import { performance } from 'node:perf_hooks'
import { realpathSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

import type { BundleTarget, CodeIdentity, StepBundle, StepCode, StepSource, UnknownCode } from '@cairnml/core'

import { createCapturedReader, type CapturedReader } from '../captured/captured-reader.ts'
import { MemoizedWalk } from '../memo/memoized-walk.ts'
import { NODE_CONDITIONS, pnpApiFor, processConditions } from '@cairnml/core/packages'
import { isInNodeModules } from '../packages/manifest.ts'
import { InstalledPackages } from '../packages/installed-packages.ts'
import { pnpFiles } from '../pnp/pnp-files.ts'
import { findCall, type CallPlace } from '../site/find-call.ts'
import { digestOfLive } from './live-values.ts'
import { packagedCode } from './packaged-code.ts'
import { problemOf } from './problem-of.ts'
import { processEntries, thisProcess } from './process-entries.ts'
import { loadWalk, type WalkSettings } from './project-walk.ts'
import { stepClosures } from './step-closures.ts'
import { knownCode } from './known-code.ts'

/** What the identity of steps depends on. */
export interface CodeIdentityOptions {
  /** Folder of the project, which labels are relative to; it never enters a digest. */
  readonly projectDir: string
  /** Folder for what is remembered between two processes. @default nothing is kept on the disk */
  readonly memoDir?: string | undefined
  /**
   * Modules that are loaded before any step runs: what they do when they load may change what a step reads.
   *
   * @default those of this process
   */
  readonly entries?: readonly string[] | undefined
  /** The program, where a command has loaded it: it stands in for the script of this process among the entries. */
  readonly script?: string | undefined
  /** Conditions under which packages are resolved. @default those of this process */
  readonly conditions?: readonly string[] | undefined
  /**
   * When this process started, in milliseconds since 1970: code that was changed later may not be the code that runs.
   *
   * @default the start of this process
   */
  readonly startedAtMs?: number | undefined
}

/** Steps are identified in bursts, at the start of a run; within one, nothing is looked at again. */
const BURST_MS = 100
/** Of this repository: it selects the sources of Cairn's own packages, which do not count. */
const SOURCE_CONDITION = '@cairnml/source'
/** Files that decide what is installed and how imports are resolved. */
const SETTINGS = [
  'package.json',
  'tsconfig.json',
  'node_modules/.package-lock.json',
  'node_modules/.pnpm/lock.yaml',
  'node_modules/.modules.yaml',
  'node_modules/.yarn-integrity',
  'node_modules/.yarn-state.yml',
]

interface Answered {
  readonly name: string
  readonly code: StepCode
  readonly atMs: number
}

/**
 * Identifies a step by everything that its function can reach: functions, constants and classes of the project, through
 * imports and barrels, with what changes them while modules load; the types of its ports; values that it captures; and
 * npm packages with what lies below them. Other code in the same files does not count. What cannot be told for sure is
 * `known: false`, with the reason.
 */
export function createCodeIdentity(options: CodeIdentityOptions): CodeIdentity {
  return new StepCodeIdentity(options)
}

class StepCodeIdentity implements CodeIdentity {
  readonly #projectDir: string
  readonly #settings: WalkSettings
  readonly #walk: MemoizedWalk
  readonly #packages = new InstalledPackages()
  readonly #reader: CapturedReader = createCapturedReader()
  readonly #startedAtMs: number
  readonly #answers = new WeakMap<Function, Answered>()

  constructor({ projectDir, memoDir, entries, script, conditions, startedAtMs }: CodeIdentityOptions) {
    this.#projectDir = realPath(projectDir)
    this.#settings = {
      projectDir: this.#projectDir,
      entries: (entries ?? processEntries(thisProcess(script))).map(realPath),
      conditions: (conditions ?? processConditions()).filter((found) => found !== SOURCE_CONDITION),
    }
    this.#startedAtMs = startedAtMs ?? performance.timeOrigin
    const pnp = pnpApiFor(join(this.#projectDir, 'package.json'))
    const pnpSettings = pnp === undefined ? [] : pnpFiles(pnp)
    this.#walk = new MemoizedWalk({
      projectDir: this.#projectDir,
      dir: memoDir,
      of: [
        this.#settings.entries.map((file) => this.#label(file)),
        this.#settings.conditions,
        ...pnpSettings.map((file) => this.#label(file)),
      ],
      settings: [...SETTINGS.map((path) => join(this.#projectDir, path)), ...pnpSettings],
      load: (known) => loadWalk(this.#settings, known),
    })
  }

  async identify(step: StepSource): Promise<StepCode> {
    const last = this.#answers.get(step.run)
    if (last?.name === step.name && performance.now() - last.atMs < BURST_MS) return last.code
    const code = await this.#identify(step)
    // Captured values may be other ones at any time.
    const isStable = code.known && code.captured.length === 0
    if (isStable) this.#answers.set(step.run, { name: step.name, code, atMs: performance.now() })
    return code
  }

  async #identify(step: StepSource): Promise<StepCode> {
    return await this.#asked(step, async (call) => {
      if (!isInNodeModules(call.file)) return await this.#inProject(step, call)
      const code = packagedCode(call, { packages: this.#packages, conditions: this.#conditions })
      return code.known ? code : { ...code, at: this.#at(call) }
    })
  }

  async bundle(step: StepSource, to: BundleTarget): Promise<StepBundle | UnknownCode> {
    return await this.#asked(step, async (call) => {
      if (isInNodeModules(call.file)) return { known: false, reason: 'an npm package defines it', at: this.#at(call) }
      const { writeStepBundle } = await import('./write-step-bundle.ts')
      const bundle = await writeStepBundle({ step, call, to }, { settings: this.#settings, reader: this.#reader })
      return bundle.known || bundle.at !== undefined ? bundle : { ...bundle, at: this.#at(call) }
    })
  }

  /** Whatever is thrown on the way becomes a reason: a step whose code cannot be told runs, and a run goes on. */
  async #asked<Answer>(
    { site }: StepSource,
    answer: (call: CallPlace) => Promise<Answer>,
  ): Promise<Answer | UnknownCode> {
    let at: string | undefined
    try {
      const call = findCall(site)
      if ('reason' in call) return { known: false, ...call }
      at = this.#at(call)
      return await answer(call)
    } catch (error) {
      return { known: false, at, ...problemOf(error) }
    }
  }

  async #inProject(step: StepSource, call: CallPlace): Promise<StepCode> {
    const closures = await stepClosures({ call, ports: step.ports }, this.#walk)
    const [refusal] = closures.reasons
    if (refusal !== undefined) return { known: false, ...refusal }
    const live = await digestOfLive(step, closures, { reader: this.#reader, walk: this.#walk })
    if ('reason' in live) return { known: false, reason: live.reason, at: this.#at(call) }
    const files = [closures.files, ...live.closures.map((known) => known.files)]
    const changed = files
      .map((some) => this.#walk.changedSince(some, this.#startedAtMs))
      .find((file) => file !== undefined)
    if (changed !== undefined) {
      return { known: false, reason: `${this.#label(changed)} changed while this process was running` }
    }
    return knownCode(
      { call, closures, live, conditions: this.#conditions },
      { packages: this.#packages, at: this.#at(call) },
    )
  }

  /** Conditions that are not those of every process. */
  get #conditions(): readonly string[] {
    return this.#settings.conditions.filter((found) => !NODE_CONDITIONS.includes(found))
  }

  #at({ file, line }: CallPlace): string {
    return `${this.#label(file)}:${line}`
  }

  #label(path: string): string {
    return relative(this.#projectDir, path).split(sep).join('/')
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
