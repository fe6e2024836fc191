import {
  ARTIFACT_STORE,
  CACHE_INDEX,
  checkLayout,
  METADATA_STORE,
  type RunRecord,
  type StackDefinition,
} from '@cairnml/core'
import { isSamePart, resolveStack, type OpenProject } from '@cairnml/core/stack'

import type { CacheStores } from '../life-cycle/open-cache.ts'
import type { EngineEnvironment } from '../prepare-run.ts'
import { openProject } from '../project/open-project.ts'
import { keptStack } from '../project/open-stacks.ts'
import { hashingSecret } from '../secrets/hashing-secret.ts'
import type { PushReport } from './push-report.ts'

/** The two stacks of a push. */
export interface PushStacks {
  readonly environment: EngineEnvironment
  /** Where results are. @default the stack that is used */
  readonly stack?: string | StackDefinition | undefined
  /** Where they are wanted. */
  readonly to: string | StackDefinition
}

/** One of them, open. */
export interface PushSide extends CacheStores {
  readonly stack: RunRecord['stack']
  /** Whether its artifact store has a layout mark: nothing is written into one that has none. */
  readonly isMarked: boolean
}

/** Both of them. */
export interface PushSides {
  readonly from: PushSide
  readonly to: PushSide
  readonly shared: PushReport['shared']
  /** Whether both hash variables under one secret; asking makes the secret of an index that has none yet. */
  sharesSecret(): Promise<boolean>
}

const PORTS = ['artifactStore', 'cacheIndex', 'metadataStore'] as const

/** Opens both stacks; nothing is written. @throws CAIRN_STORE_LAYOUT, and what opening a stack throws */
export async function openPush({ environment, stack, to: target }: PushStacks): Promise<PushSides> {
  const project = await openProject()
  const from = await openSide(stack, project, environment)
  const to = await openSide(target, project, environment)
  const shared = PORTS.filter((port) => isSamePart(from.definition, to.definition, port))
  return {
    from,
    to,
    shared,
    sharesSecret: async () => {
      if (shared.includes('cacheIndex')) return true
      const { cairnDir } = project.dirs
      const [here, there] = [
        await hashingSecret(from.cacheIndex, cairnDir),
        await hashingSecret(to.cacheIndex, cairnDir),
      ]
      return Buffer.compare(here, there) === 0
    },
  }
}

async function openSide(
  option: string | StackDefinition | undefined,
  project: OpenProject,
  { fallbackDirs }: EngineEnvironment,
): Promise<PushSide & { readonly definition: StackDefinition }> {
  const { definition, place } = await resolveStack(option, project)
  const stack = await keptStack(definition, { ...project.dirs, fallbackDirs, place })
  const artifactStore = await stack.get(ARTIFACT_STORE)
  const isMarked = await checkLayout(artifactStore)
  return {
    definition,
    artifactStore,
    isMarked,
    cacheIndex: await stack.get(CACHE_INDEX),
    metadataStore: await stack.get(METADATA_STORE),
    stack: { name: stack.name, components: stack.components },
  }
}
