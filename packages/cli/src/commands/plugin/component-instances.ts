import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import nodePath from 'node:path'

import {
  ARTIFACT_STORE,
  CACHE_INDEX,
  CACHE_POLICY,
  ContentCachePolicy,
  InlineOrchestrator,
  isCairnError,
  MemoryArtifactStore,
  MemoryCacheIndex,
  MemoryMetadataStore,
  METADATA_STORE,
  ORCHESTRATOR,
  type ComponentContext,
} from '@cairnml/core'
import {
  componentOptions,
  componentOptionSchema,
  createComponent,
  type InstalledComponent,
} from '@cairnml/core/stack-files'

import { withHint } from './install-plugin.ts'

/** How the components under test are made. */
export interface InstanceOptions {
  readonly component: InstalledComponent
  /** As a stack would give them; `{fresh}` in a text is another word for each new component. */
  readonly given: Readonly<Record<string, unknown>>
  /** A folder in which each new component gets one of its own. */
  readonly folder: string
  /** Secrets in files are given from here. */
  readonly projectDir: string
}

/** Makes components of one kind, each with a state of its own, and again over the state of an earlier one. */
export class ComponentInstances {
  readonly #options: InstanceOptions
  readonly #states = new WeakMap<object, string>()

  constructor(options: InstanceOptions) {
    this.#options = options
  }

  /**
   * Checks the options before anything is made with them.
   *
   * @throws CAIRN_COMPONENT_OPTIONS, CAIRN_STACK_SECRET, with how they are given
   */
  async assertOptions(): Promise<void> {
    try {
      await this.#read(randomUUID())
    } catch (error) {
      if (!isCairnError(error)) throw error
      const { required } = (await componentOptionSchema(this.#options.component)) ?? {}
      const names: readonly unknown[] = Array.isArray(required) ? required : []
      const example = JSON.stringify(Object.fromEntries(names.map((name) => [String(name), '…'])))
      const shown = names.length === 0 ? '' : ` '${example}'`
      throw withHint(error, `Here they are given by --options${shown}, with --port where components differ.`)
    }
  }

  /** A new component with nothing in it. */
  async create(): Promise<object> {
    return this.#open(randomUUID())
  }

  /** Another one over the state of a component. */
  async reopen(component: object): Promise<object> {
    return this.#open(this.#states.get(component) ?? randomUUID())
  }

  async #open(state: string): Promise<object> {
    const { component, folder } = this.#options
    const own = nodePath.join(folder, state)
    mkdirSync(own, { recursive: true })
    const read = await this.#read(state)
    const created = await createComponent({ loaded: component, options: read(), context: context(own) })
    this.#states.set(created, state)
    return created
  }

  async #read(state: string): Promise<() => unknown> {
    const { component, projectDir } = this.#options
    const { definition, port, type } = component
    const given = withFresh(this.#options.given, state) as Readonly<Record<string, unknown>>
    return componentOptions({ definition, given, component: `${port} (${type})`, path: [port], projectDir })
  }
}

function withFresh(value: unknown, word: string): unknown {
  if (typeof value === 'string') return value.replaceAll('{fresh}', word)
  if (Array.isArray(value)) return value.map((item: unknown) => withFresh(item, word))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withFresh(inner, word)]))
}

/** What a component asks for of its stack is in memory. */
function context(folder: string): ComponentContext {
  const others = new Map<unknown, object>([
    [ORCHESTRATOR, new InlineOrchestrator()],
    [ARTIFACT_STORE, new MemoryArtifactStore()],
    [METADATA_STORE, new MemoryMetadataStore()],
    [CACHE_POLICY, new ContentCachePolicy()],
    [CACHE_INDEX, new MemoryCacheIndex()],
  ])
  return {
    name: 'checked',
    cairnDir: nodePath.join(folder, '.cairn'),
    projectDir: folder,
    get: async <T>(of: unknown): Promise<T> => {
      const other = others.get(of)
      if (other === undefined)
        throw new Error('A component is checked without the others of a stack but those in memory.')
      // Sound: the token says what it stands for.
      return other as T
    },
  }
}
