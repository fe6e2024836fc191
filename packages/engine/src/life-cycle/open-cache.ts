import {
  ARTIFACT_STORE,
  CACHE_INDEX,
  checkLayout,
  METADATA_STORE,
  type ArtifactStore,
  type CacheIndex,
  type MetadataStore,
  type StackDefinition,
} from '@cairnml/core'
import { resolveStack } from '@cairnml/core/stack'

import type { EngineEnvironment } from '../prepare-run.ts'
import { keptStack } from '../project/open-stacks.ts'
import { openProject } from '../project/open-project.ts'

/** The components of a stack that hold results and know of their use. */
export interface CacheStores {
  readonly artifactStore: ArtifactStore
  readonly metadataStore: MetadataStore
  readonly cacheIndex: CacheIndex
}

/** Whose cache is meant. */
export interface CacheRequest {
  readonly environment: EngineEnvironment
  /** A name, or a stack in code. @default that of CAIRN_STACK, `cairn stack set`, `cairn.yaml`, or `default` */
  readonly stack?: string | StackDefinition | undefined
}

/**
 * Opens the cache of a project. Nothing is written.
 *
 * @throws CAIRN_STORE_LAYOUT, and what opening a stack throws
 */
export async function openCache(request: CacheRequest): Promise<CacheStores> {
  const { fallbackDirs } = request.environment
  const project = await openProject()
  const { definition, place } = await resolveStack(request.stack, project)
  const stack = await keptStack(definition, { ...project.dirs, fallbackDirs, place })
  const artifactStore = await stack.get(ARTIFACT_STORE)
  await checkLayout(artifactStore)
  return {
    artifactStore,
    metadataStore: await stack.get(METADATA_STORE),
    cacheIndex: await stack.get(CACHE_INDEX),
  }
}
