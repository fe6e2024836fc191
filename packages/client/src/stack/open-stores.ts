import { existsSync } from 'node:fs'

import {
  ARTIFACT_STORE,
  DEFAULT_STACK,
  MemoryArtifactStore,
  MemoryMetadataStore,
  METADATA_STORE,
  type ArtifactStore,
  type MetadataStore,
  type StackDefinition,
} from '@cairnml/core'
import { openProject, openStack, resolveStack, type OpenStack } from '@cairnml/core/stack'

/** Where a client reads. */
export interface ClientOptions {
  /**
   * The stack whose runs are read: its name, or one made by `defineStack`.
   *
   * @default that of `CAIRN_STACK`, `cairn stack set`, `cairn.yaml`, or `default`
   */
  readonly stack?: string | StackDefinition | undefined
  /** A folder of the project. @default the current folder */
  readonly from?: string | undefined
  /** Folders of packages that bring plugins of their own, looked in after the project. @default none */
  readonly fallbackDirs?: readonly string[] | undefined
  /** Reads what a report says in place of a project; it has no artifacts and logs. @default none */
  readonly report?: ReportSource | undefined
}

/** A report of a run, as `cairn run --report` writes it. */
export interface ReportSource {
  /** Its text. */
  readonly text: string
  /** Names it in errors: its path. */
  readonly name: string
}

/** The stores that a client reads from; they are opened when they are first used. */
export interface ReadStores extends AsyncDisposable {
  records(): Promise<MetadataStore>
  artifacts(): Promise<ArtifactStore>
}

/**
 * The stores of a stack. Reading makes nothing: in a project without local state the built-in stack is empty.
 *
 * @throws CAIRN_STACK_UNKNOWN and what else reading a stack file throws
 */
export async function openStores({ stack, from, fallbackDirs = [] }: ClientOptions): Promise<ReadStores> {
  const project = await openProject([], from)
  const { definition, place } = await resolveStack(stack, project)
  const { dirs } = project
  const isEmpty = definition === DEFAULT_STACK && !existsSync(dirs.cairnDir)
  let opened: Promise<OpenStack> | undefined
  const open = (): Promise<OpenStack> => (opened ??= openStack(definition, { ...dirs, fallbackDirs, place }))
  return {
    records: async () => (isEmpty ? new MemoryMetadataStore() : (await open()).get(METADATA_STORE)),
    artifacts: async () => (isEmpty ? new MemoryArtifactStore() : (await open()).get(ARTIFACT_STORE)),
    // What could not be opened was said to who asked for it, and must not stand before that.
    [Symbol.asyncDispose]: async () => (await opened?.catch(() => undefined))?.[Symbol.asyncDispose](),
  }
}
