import { buildGraph, checkLayout, type CodeIdentity, type PipelineDefinition, type RunOptions } from '@cairnml/core'
import type { OpenStack } from '@cairnml/core/stack'

import type { Components } from './execute/run-context.ts'
import { makePlan, type LivePlan } from './plan/make-plan.ts'
import { chosenStack, componentsOf, keptStack } from './project/open-stacks.ts'
import { projectDirs } from './project/project-dirs.ts'
import { runSettings, type RunSettings } from './settings/run-settings.ts'

/** What the engine gets from the program around it. */
export interface EngineEnvironment {
  /** Folders of packages that bring plugins of their own, looked in after the user's project. */
  readonly fallbackDirs: readonly string[]
  /** Finds the code of steps. @default by the files of the project */
  readonly code?: CodeIdentity | undefined
}

/** What is asked of the engine. */
export interface RunRequest {
  readonly pipeline: PipelineDefinition
  readonly args: Readonly<Record<string, unknown>>
  readonly options: RunOptions
  readonly environment: EngineEnvironment
}

/** A request that was checked as far as it can be without doing anything. */
export interface PreparedRun {
  readonly live: LivePlan
  readonly settings: RunSettings
  readonly stack: OpenStack
  readonly components: Components
  /** Whether the artifact store says which layout it has. */
  readonly layoutIsMarked: boolean
}

/** The form of a key, and none that a step has. */
const UNUSED_KEY = '0'.repeat(64)

const identities = new Map<string, Promise<CodeIdentity>>()

/** Builds and plans, and opens the stack; nothing is recorded or stored by then. */
export async function prepareRun(request: RunRequest): Promise<PreparedRun> {
  const graph = buildGraph(request.pipeline, request.args)
  const settings = runSettings(graph, request.options, process.env)
  const live = makePlan(graph, settings)
  const dirs = projectDirs()
  const definition = chosenStack(request.options.stack)
  const { code, fallbackDirs } = request.environment
  const stack = await keptStack(definition, { ...dirs, fallbackDirs })
  const components = await componentsOf(stack, code ?? (await codeIdentity(dirs.projectDir)))
  await openIndex(live, components)
  return { live, settings, stack, components, layoutIsMarked: await checkLayout(components.artifactStore) }
}

/** An index opens at its first use: one that is damaged has to be noticed before anything is recorded. */
async function openIndex({ plan }: LivePlan, { cacheIndex }: Components): Promise<void> {
  const isUsed = plan.invocations.some(({ cache }) => cache.lookUp || cache.keep)
  if (isUsed) await cacheIndex.get(UNUSED_KEY)
}

/** One per project and process: it remembers the files that it has read. */
function codeIdentity(projectDir: string): Promise<CodeIdentity> {
  const known = identities.get(projectDir)
  if (known !== undefined) return known
  const identity = import('@cairnml/code').then(({ createFileClosureIdentity }) =>
    createFileClosureIdentity({ projectDir }),
  )
  identities.set(projectDir, identity)
  return identity
}
