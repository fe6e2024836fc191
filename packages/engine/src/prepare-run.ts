import { join } from 'node:path'

import {
  buildGraph,
  checkLayout,
  type CodeIdentity,
  type Graph,
  type PipelineDefinition,
  type RunOptions,
  type StackDefinition,
} from '@cairnml/core'
import type { ProjectConfig } from '@cairnml/core/config'
import { resolveStack, type OpenStack } from '@cairnml/core/stack'

import type { Components } from './execute/run-context.ts'
import { DEFAULT_LEASE_MS } from './lease/lease-times.ts'
import { assertWithinLimits, limitsOf } from './limits/project-limits.ts'
import type { Limits } from './limits/limits.ts'
import { makePlan, type LivePlan } from './plan/make-plan.ts'
import { componentsOf, keptStack } from './project/open-stacks.ts'
import { openProject, type OpenProject } from './project/open-project.ts'
import type { ProjectDirs } from './project/project-dirs.ts'
import { fitSettings } from './settings/fit-settings.ts'
import { checkedLayer, runSettings, type RunSettings, type StepLayer } from './settings/run-settings.ts'

/** What the engine gets from the program around it. */
export interface EngineEnvironment {
  /** Folders of packages that bring plugins of their own, looked in after the user's project. */
  readonly fallbackDirs: readonly string[]
  /** Finds the code of steps. @default what they reach in the files of the project */
  readonly code?: CodeIdentity | undefined
  /**
   * The file that defines the pipeline, if something else than this process's script loaded it: what runs there when it
   * loads may change what steps read.
   */
  readonly entry?: string | undefined
  /**
   * How long the holder of a lease may be silent before others take it for dead, in milliseconds: the same in all
   * processes that share an index, and at least three times what the index waits for a lock. @default 20000
   */
  readonly leaseMs?: number | undefined
}

/** What is asked of the engine. */
export interface RunRequest {
  readonly pipeline: PipelineDefinition
  readonly args: Readonly<Record<string, unknown>>
  readonly options: RunOptions
  /**
   * Changes to steps that win over those of the options, later ones over earlier ones. It is called when the graph is
   * built, so that it can look at the steps.
   */
  readonly changes?: ((graph: Graph) => readonly StepLayer[]) | undefined
  readonly environment: EngineEnvironment
}

/** A request that was checked as far as it can be without doing anything. */
export interface PreparedRun {
  readonly live: LivePlan
  readonly settings: RunSettings
  /** Components that settings are for and that the stack does not have. */
  readonly unusedSettings: readonly string[]
  readonly definition: StackDefinition
  readonly stack: OpenStack
  readonly components: Components
  /** Whether the artifact store says which layout it has. */
  readonly layoutIsMarked: boolean
  /** Named limits of the project, where it has some. */
  readonly limits: Limits | undefined
  /** How long the holder of a lease may be silent. */
  readonly leaseMs: number
}

/** The form of a key, and none that a step has. */
const UNUSED_KEY = '0'.repeat(64)

const identities = new Map<string, Promise<CodeIdentity>>()

/**
 * Refuses a request as a run of it would before it opens the stack: parameters, options, changes to steps, and a build
 * that throws.
 *
 * @throws usage errors
 */
export async function checkRequest(request: RunRequest): Promise<void> {
  await plannedRun(request)
}

/** Builds and plans, and opens the stack; nothing is recorded or stored by then. */
export async function prepareRun(request: RunRequest): Promise<PreparedRun> {
  const { dirs, config, settings, live: planned } = await plannedRun(request)
  const { definition, place } = await resolveStack(request.options.stack, { dirs, config })
  const { code, entry, fallbackDirs, leaseMs = DEFAULT_LEASE_MS } = request.environment
  const stack = await keptStack(definition, { ...dirs, fallbackDirs, place })
  const { live, unusedSettings } = await fitSettings(planned, { stack, search: { ...dirs, fallbackDirs } })
  const components = await componentsOf(stack, code ?? (await codeIdentity(dirs, entry)), dirs)
  await openIndex(live, components)
  const layoutIsMarked = await checkLayout(components.artifactStore)
  const limits = limitsOf(config.file, config.limits)
  return { live, settings, unusedSettings, definition, stack, components, layoutIsMarked, limits, leaseMs }
}

interface PlannedRun extends OpenProject {
  readonly settings: RunSettings
  readonly live: LivePlan
}

async function plannedRun(request: RunRequest): Promise<PlannedRun> {
  const project = await openProject()
  const graph = buildGraph(request.pipeline, request.args)
  const settings = settingsOf(graph, request, project.config)
  const live = makePlan(graph, settings)
  assertWithinLimits(live.plan.invocations, project.config.limits)
  return { ...project, settings, live }
}

/** The settings of a run, with what is said outside of the code. */
function settingsOf(graph: Graph, { options, changes }: RunRequest, { undeclared }: ProjectConfig): RunSettings {
  const settings = runSettings(graph, options, process.env)
  const above = changes?.(graph).map((layer) => checkedLayer(graph, layer)) ?? []
  const defaults = undeclared === undefined ? {} : { undeclared }
  return { ...settings, defaults, layers: [...settings.layers, ...above] }
}

/** An index opens at its first use: one that is damaged has to be noticed before anything is recorded. */
async function openIndex({ plan }: LivePlan, { cacheIndex }: Components): Promise<void> {
  const isUsed = plan.invocations.some(({ cache }) => cache.lookUp || cache.keep)
  if (isUsed) await cacheIndex.get(UNUSED_KEY)
}

/** One per project, entry and process: it remembers the files that it has read. */
function codeIdentity({ projectDir, cairnDir }: ProjectDirs, entry: string | undefined): Promise<CodeIdentity> {
  const key = JSON.stringify([projectDir, cairnDir, entry])
  const known = identities.get(key)
  if (known !== undefined) return known
  const identity = import('@cairnml/code').then(({ createCodeIdentity }) =>
    createCodeIdentity({
      projectDir,
      memoDir: join(cairnDir, 'closure'),
      script: entry,
    }),
  )
  identities.set(key, identity)
  return identity
}
