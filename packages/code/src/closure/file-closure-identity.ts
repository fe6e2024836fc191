import { realpathSync } from 'node:fs'
import { dirname, relative, sep } from 'node:path'
import { performance } from 'node:perf_hooks'
import { pathToFileURL } from 'node:url'

import type { CodeIdentity, CodePart, DefinitionSite, StepCode, StepSource } from '@cairnml/core'

import { NODE_CONDITIONS, processConditions } from '../modules/conditions.ts'
import { isWholeCode, loadLexer } from '../modules/lexer.ts'
import { loadImportResolver } from '../modules/resolve-import.ts'
import { isInNodeModules, Manifests } from '../packages/manifest.ts'
import { PackageTable, type ReachedPackage } from '../packages/package-table.ts'
import { findDefinition, type Definition } from '../site/find-definition.ts'
import { packagedStepDigest, stepDigest, type StepPlace } from './closure-digest.ts'
import { walkClosure, type Closure, type UnknownClosure, type WalkTools } from './walk-closure.ts'

/** What the identity of steps by files depends on. */
export interface FileClosureOptions {
  /** Folder of the project, which labels are relative to; it never enters a digest. */
  readonly projectDir: string
  /**
   * Conditions under which packages are resolved.
   *
   * @default those of this process
   */
  readonly conditions?: readonly string[] | undefined
  /**
   * When this process started, in milliseconds since 1970: code that was changed later may not be the code that runs.
   *
   * @default the start of this process
   */
  readonly startedAtMs?: number | undefined
}

/**
 * Identifies a step by all project files that its file imports, directly or through others, and by name and version of
 * the npm packages that they reach. Coarse, never stale: any edit to one of these files gives another digest, and where
 * the files cannot be known the answer is `known: false`.
 */
export function createFileClosureIdentity(options: FileClosureOptions): CodeIdentity {
  return new FileClosureIdentity(options)
}

/** Steps are identified in bursts, at the start of a run; within one, files are not looked at again. */
const BURST_MS = 100
/** Of this repository: it selects the sources of Cairn's own packages, which do not count. */
const SOURCE_CONDITION = '@cairnml/source'

interface LookedAt {
  readonly closure: Closure | UnknownClosure
  readonly parts: readonly CodePart[]
  readonly atMs: number
}

interface Answered {
  readonly name: string
  readonly code: StepCode
  readonly atMs: number
}

class FileClosureIdentity implements CodeIdentity {
  readonly #projectDir: string
  readonly #conditions: readonly string[]
  readonly #startedAtMs: number
  readonly #closures = new Map<string, LookedAt>()
  readonly #answers = new WeakMap<DefinitionSite, Answered>()
  #tools: Promise<WalkTools> | undefined

  constructor({ projectDir, conditions, startedAtMs }: FileClosureOptions) {
    this.#projectDir = realPath(projectDir)
    this.#conditions = conditions ?? processConditions()
    this.#startedAtMs = startedAtMs ?? performance.timeOrigin
  }

  async identify({ name, site }: StepSource): Promise<StepCode> {
    const last = this.#answers.get(site)
    if (last?.name === name && performance.now() - last.atMs < BURST_MS) return last.code
    this.#tools ??= this.#loadTools()
    const tools = await this.#tools
    const definition = findDefinition(site, (code) => isWholeCode(tools.lexer, code))
    if ('reason' in definition) return this.#unknown(definition)
    const extra = this.#conditions.filter((found) => !NODE_CONDITIONS.includes(found) && found !== SOURCE_CONDITION)
    const place: StepPlace = { name, definition, conditions: extra }
    if (isInNodeModules(definition.file)) return this.#identifyPackaged(place, tools)
    const { closure, parts, atMs } = this.#lookAt(definition, tools)
    if ('reason' in closure) return this.#unknown(closure)
    const code = known(definition, stepDigest(place, closure), parts)
    this.#answers.set(site, { name, code, atMs })
    return code
  }

  async #loadTools(): Promise<WalkTools> {
    const [lexer, resolver] = await Promise.all([loadLexer(), loadImportResolver(this.#conditions)])
    return { lexer, resolver, manifests: new Manifests(), memo: new Map() }
  }

  /** A package is its version, so its files are not read. */
  #identifyPackaged(place: StepPlace, { manifests }: WalkTools): StepCode {
    const { file } = place.definition
    const owner = manifests.owning(dirname(file))
    if (owner === undefined || !isInNodeModules(owner.dir)) return this.#unknown({ reason: 'its package has no name' })
    const table = new PackageTable(manifests)
    table.numberOf(owner)
    const packages = table.reached()
    if (typeof packages === 'string') return this.#unknown({ reason: packages })
    const digest = packagedStepDigest(place, forwardSlashes(relative(owner.dir, file)), packages)
    return known(place.definition, digest, packageParts(packages))
  }

  #lookAt({ file }: Definition, tools: WalkTools): LookedAt {
    const last = this.#closures.get(file)
    if (last !== undefined && performance.now() - last.atMs < BURST_MS) return last
    const closure = this.#refuseChanged(walkClosure(file, tools))
    const parts = 'reason' in closure ? [] : this.#partsOf(closure)
    const lookedAt = { closure, parts, atMs: performance.now() }
    this.#closures.set(file, lookedAt)
    return lookedAt
  }

  #refuseChanged(closure: Closure | UnknownClosure): Closure | UnknownClosure {
    if ('reason' in closure) return closure
    const changed = closure.modules.find(({ changedAtMs }) => changedAtMs > this.#startedAtMs)
    if (changed === undefined) return closure
    return { reason: `${this.#label(changed.path)} changed while this process was running` }
  }

  #partsOf({ modules, packages }: Closure): readonly CodePart[] {
    const files = modules.map(({ path, source }) => ({ label: this.#label(path), identity: source.digest }))
    return [...files, ...packageParts(packages)]
  }

  #unknown({ reason, file, line }: UnknownClosure): StepCode {
    if (file === undefined) return { known: false, reason }
    const label = this.#label(file)
    return { known: false, reason, at: line === undefined ? label : `${label}:${line}` }
  }

  #label(path: string): string {
    return forwardSlashes(relative(this.#projectDir, path))
  }
}

function known(definition: Definition, digest: string, parts: readonly CodePart[]): StepCode {
  const module = pathToFileURL(definition.file).href
  const none = { ports: [], captured: [], packages: [], environment: [], outsideReads: [] }
  return { known: true, digest, parts, ...none, module }
}

function packageParts(packages: readonly ReachedPackage[]): readonly CodePart[] {
  return packages.map(({ name, version }) => ({ label: `package ${name}`, identity: version }))
}

function forwardSlashes(path: string): string {
  return path.split(sep).join('/')
}

function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
