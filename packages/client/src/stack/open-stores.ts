import { existsSync } from 'node:fs'

import {
  ARTIFACT_STORE,
  cairnError,
  DEFAULT_STACK,
  MemoryArtifactStore,
  MemoryMetadataStore,
  METADATA_STORE,
  type ArtifactStore,
  type MetadataStore,
  type StackDefinition,
} from '@cairnml/core'
import { openStack, projectDirs, type OpenStack } from '@cairnml/core/stack'

/** Where a client reads. */
export interface ClientOptions {
  /** The stack whose runs are read: the name `default`, or one made by `defineStack`. @default 'default' */
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
 * The stores of a stack. Reading makes nothing: in a project without local state the default stack is empty.
 *
 * @throws CAIRN_STACK_UNKNOWN
 */
export function openStores({ stack, from, fallbackDirs = [] }: ClientOptions): ReadStores {
  const definition = definitionOf(stack)
  const dirs = projectDirs(from)
  const isEmpty = definition === DEFAULT_STACK && !existsSync(dirs.cairnDir)
  let opened: Promise<OpenStack> | undefined
  const open = (): Promise<OpenStack> => (opened ??= openStack(definition, { ...dirs, fallbackDirs }))
  return {
    records: async () => (isEmpty ? new MemoryMetadataStore() : (await open()).get(METADATA_STORE)),
    artifacts: async () => (isEmpty ? new MemoryArtifactStore() : (await open()).get(ARTIFACT_STORE)),
    [Symbol.asyncDispose]: async () => (await opened)?.[Symbol.asyncDispose](),
  }
}

function definitionOf(stack: ClientOptions['stack']): StackDefinition {
  if (typeof stack === 'object') return stack
  if (stack === undefined || stack === DEFAULT_STACK.name) return DEFAULT_STACK
  throw cairnError('CAIRN_STACK_UNKNOWN', { name: stack, known: [DEFAULT_STACK.name] })
}
