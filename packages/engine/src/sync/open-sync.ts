import {
  ARTIFACT_STORE,
  checkLayout,
  METADATA_STORE,
  type ArtifactStore,
  type MetadataStore,
  type RunRecord,
  type StackDefinition,
} from '@cairnml/core'
import { resolveStack } from '@cairnml/core/stack'

import type { EngineEnvironment } from '../prepare-run.ts'
import { openProject } from '../project/open-project.ts'
import { keptStack } from '../project/open-stacks.ts'

/** Whose runs are meant. */
export interface SyncRequest {
  readonly environment: EngineEnvironment
  /** @default the stack of the project around the working directory */
  readonly stack?: string | StackDefinition | undefined
}

/** Where runs are recorded, and where all machines of a stack find their reports. */
export interface SyncStores {
  readonly artifactStore: ArtifactStore
  readonly metadataStore: MetadataStore
  /** Whether the artifact store is one already: nothing is written into one that is not. */
  readonly isMarked: boolean
  readonly stack: RunRecord['stack']
}

/** Opens both; nothing is written. @throws CAIRN_STORE_LAYOUT, and what opening a stack throws */
export async function openSync(request: SyncRequest): Promise<SyncStores> {
  const { fallbackDirs } = request.environment
  const project = await openProject()
  const { definition, place } = await resolveStack(request.stack, project)
  const stack = await keptStack(definition, { ...project.dirs, fallbackDirs, place })
  const artifactStore = await stack.get(ARTIFACT_STORE)
  const isMarked = await checkLayout(artifactStore)
  const metadataStore = await stack.get(METADATA_STORE)
  return { artifactStore, metadataStore, isMarked, stack: { name: stack.name, components: stack.components } }
}

/** Whether the artifacts of a run are in the store of this stack, as far as its record tells. */
export function isOfStack({ stack }: RunRecord, { name, components }: RunRecord['stack']): boolean {
  const [its, own] = [stack.components['artifactStore'], components['artifactStore']]
  return stack.name === name && its?.plugin === own?.plugin && its?.type === own?.type
}
