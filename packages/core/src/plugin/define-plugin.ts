import type { StandardSchemaV1 } from '@standard-schema/spec'

import type { ArtifactStore } from '../artifact-store/artifact-store.ts'
import type { CacheIndex } from '../cache-index/cache-index.ts'
import type { CachePolicy } from '../cache-policy/cache-policy.ts'
import type { Token } from '../container/token.ts'
import type { MetadataStore } from '../metadata-store/metadata-store.ts'
import type { Orchestrator } from '../orchestrator/orchestrator.ts'
import type { Provenance } from '../provenance/provenance.ts'
import type { Capabilities, Requirements } from './capabilities.ts'
import { assertName } from '../names/name.ts'

/** What each port's components are. */
export interface Ports {
  readonly orchestrator: Orchestrator
  readonly artifactStore: ArtifactStore
  readonly metadataStore: MetadataStore
  readonly cachePolicy: CachePolicy
  readonly cacheIndex: CacheIndex
  readonly provenance: Provenance
}

/** The name of a port. */
export type PortName = keyof Ports

/**
 * The version of each port's interface, raised when components made for the one before do not fit. A component carries
 * the version of the core that its plugin was made with.
 */
export const PORT_VERSIONS: { readonly [P in PortName]: number } = {
  orchestrator: 1,
  artifactStore: 1,
  metadataStore: 1,
  cachePolicy: 1,
  cacheIndex: 1,
  provenance: 1,
}

/** What a component is created with. */
export interface ComponentContext {
  /** Name of the instance. */
  readonly name: string
  /** The project's folder for local state, absolute; it may not exist yet. Usually `<project>/.cairn`. */
  readonly cairnDir: string
  /** The user's project, absolute. */
  readonly projectDir: string
  /** Another component of the same stack, created when first asked for. */
  get<T>(of: Token<T>): Promise<T>
}

/** How components of one type are made. */
export interface ComponentDefinition<P extends PortName = PortName, O = never> {
  readonly port: P
  /** Version of the port's interface that it is made for; `artifactStore({ ... })` and the like set it. @default 1 */
  readonly portVersion?: number | undefined
  /** Stable for ever; unique among the plugin's components of one port. @default the plugin's name */
  readonly type?: string | undefined
  /**
   * Checks the options of the stack file, also where it gives none (see `requiresOptions`). It is loaded for that, and not
   * with the plugin: schema libraries cost start-up time. Without a schema the component takes no options. What is secret
   * is marked in its JSON Schema, in Zod by `.meta({ secret: true })`: such an option is written as `${env:NAME}` or
   * `{ file: path }`.
   */
  readonly options?: (() => Promise<StandardSchemaV1<unknown, O>>) | undefined
  /** What its components can do beyond what the port asks of all; what is not named they cannot. @default nothing */
  readonly provides?: readonly Capabilities[P][] | undefined
  /** What they need of the other components of their stack; one that lacks it is refused before a run. @default nothing */
  readonly requires?: Requirements | undefined
  /**
   * Checks what steps say to this component in their option `settings`, loaded only when something is said. Only
   * orchestrators and cache policies take settings: what is said is in `StepInvocation.settings` and
   * `StepForCaching.settings`, as the schema gives it. It is recorded, so nothing in it is secret.
   */
  readonly settings?: (() => Promise<StandardSchemaV1>) | undefined
  /**
   * Where a component with these options keeps what it holds: an absolute path, or a URL without secrets. It tells stacks
   * that hold the same from those that do not. The options are those of the stack file before they are checked, with
   * secrets as references. @default components of one type with equal options hold the same
   */
  readonly location?: ((options: O, dirs: Pick<ComponentContext, 'cairnDir' | 'projectDir'>) => string) | undefined
  /** Makes one, with the options as the schema gives them. */
  readonly create: (options: O, context: ComponentContext) => Ports[P] | Promise<Ports[P]>
  /**
   * Whether the schema sees even missing options. `false` spares loading it where a stack gives none; `create` then gets
   * `{}`, so only where no option is required or has a default of the schema. @default true
   */
  readonly requiresOptions?: boolean | undefined
}

/** A definition whose port and options are not known at compile time; `create` takes what its own schema gives. */
export type AnyComponentDefinition = { readonly [P in PortName]: ComponentDefinition<P> }[PortName]

/** A package's default export. */
export interface Plugin {
  readonly name: string
  readonly components: readonly AnyComponentDefinition[]
}

/**
 * Declares a plugin: the default export of its package.
 *
 * @example
 * export default definePlugin({ name: 'local', components: [artifactStore({ create: (_o, c) => new Store(c.cairnDir) })] })
 * @throws CAIRN_NAME_INVALID
 */
export function definePlugin(plugin: Plugin): Plugin {
  assertName('plugin', plugin.name)
  return plugin
}

type Definition<P extends PortName, O> = Omit<
  ComponentDefinition<P, O>,
  'port' | 'portVersion' | 'settings' | 'requiresOptions'
> & {
  /** As in `ComponentDefinition`; `false` only where `{}` can be the options. */
  readonly requiresOptions?: (object extends O ? boolean : true) | undefined
}

/** Declares a component that is an orchestrator. */
export function orchestrator<O = object>(
  definition: Definition<'orchestrator', O> & Pick<ComponentDefinition, 'settings'>,
): ComponentDefinition<'orchestrator'> {
  return erase('orchestrator', definition)
}

/** Declares a component that is an artifact store. */
export function artifactStore<O = object>(
  definition: Definition<'artifactStore', O>,
): ComponentDefinition<'artifactStore'> {
  return erase('artifactStore', definition)
}

/** Declares a component that is a metadata store. */
export function metadataStore<O = object>(
  definition: Definition<'metadataStore', O>,
): ComponentDefinition<'metadataStore'> {
  return erase('metadataStore', definition)
}

type PolicyDefinition<O, S> = Omit<Definition<'cachePolicy', O>, 'create'> & {
  readonly settings?: (() => Promise<StandardSchemaV1<unknown, S>>) | undefined
  readonly create: (options: O, context: ComponentContext) => CachePolicy<S> | Promise<CachePolicy<S>>
}

/**
 * Declares a component that is a cache policy.
 *
 * @typeParam O its options
 * @typeParam S what steps may say to it in `settings`
 */
export function cachePolicy<O = object, S = unknown>(
  definition: PolicyDefinition<O, S>,
): ComponentDefinition<'cachePolicy'> {
  return erase('cachePolicy', definition)
}

/** Declares a component that is a cache index. */
export function cacheIndex<O = object>(definition: Definition<'cacheIndex', O>): ComponentDefinition<'cacheIndex'> {
  return erase('cacheIndex', definition)
}

/** Declares a component that finds out which state of the code a run is made with. */
export function provenance<O = object>(definition: Definition<'provenance', O>): ComponentDefinition<'provenance'> {
  return erase('provenance', definition)
}

function erase<P extends PortName>(port: P, definition: object): ComponentDefinition<P> {
  // Sound: `create` is only ever called with what this definition's own schema returned, or with `{}`; so is what it makes
  // with settings.
  return { ...definition, port, portVersion: PORT_VERSIONS[port] } as unknown as ComponentDefinition<P>
}
