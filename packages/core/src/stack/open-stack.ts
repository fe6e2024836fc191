import { ARTIFACT_STORE } from '../artifact-store/artifact-store.ts'
import { CACHE_INDEX } from '../cache-index/cache-index.ts'
import { CACHE_POLICY } from '../cache-policy/cache-policy.ts'
import { ContentCachePolicy, type ContentPolicyOptions } from '../cache-policy/content-policy.ts'
import { Container } from '../container/container.ts'
import type { Token } from '../container/token.ts'
import { cairnError } from '../errors/cairn-error.ts'
import { METADATA_STORE } from '../metadata-store/metadata-store.ts'
import { nearestName } from '../names/nearest.ts'
import { ORCHESTRATOR } from '../orchestrator/orchestrator.ts'
import { cachePolicy, type ComponentContext, type PortName, type Ports } from '../plugin/define-plugin.ts'
import { loadComponent, type LoadedComponent } from '../plugin/load-plugin.ts'
import type { PluginSearch } from '../plugin/resolve-plugin.ts'
import { PROVENANCE } from '../provenance/provenance.ts'
import type { ComponentSnapshot } from '../records/records.ts'
import { componentOptions } from './component-options.ts'
import { DEFAULT_STACK, isInline, type ComponentReference, type StackDefinition } from './define-stack.ts'

/** What opening a stack needs from its surroundings. */
export interface StackEnvironment extends PluginSearch {
  /** The folder for local state. */
  readonly cairnDir: string
}

/** A stack whose components can be had. */
export interface OpenStack extends AsyncDisposable {
  readonly name: string
  readonly components: { readonly [port: string]: ComponentSnapshot }
  get<T>(of: Token<T>): Promise<T>
}

const TOKENS: { readonly [P in PortName]: Token<Ports[P]> } = {
  orchestrator: ORCHESTRATOR,
  artifactStore: ARTIFACT_STORE,
  metadataStore: METADATA_STORE,
  cachePolicy: CACHE_POLICY,
  cacheIndex: CACHE_INDEX,
  provenance: PROVENANCE,
}

/** What a stack may name. */
const NAMES: readonly string[] = [...Object.keys(DEFAULT_STACK), 'provenance']

const CONTENT_POLICY = cachePolicy<ContentPolicyOptions>({
  type: 'content',
  options: async () => (await import('../cache-policy/content-options.ts')).CONTENT_OPTIONS,
  create: (options, context) => new ContentCachePolicy(context.name, options),
})

/**
 * Loads the components of a stack and wires them; each is created when it is first asked for.
 *
 * @throws the codes of the stack area
 */
export async function openStack(stack: StackDefinition, environment: StackEnvironment): Promise<OpenStack> {
  const container = new Container()
  const components: Record<string, ComponentSnapshot> = {}
  refuseUnknownPorts(stack)
  for (const [port, reference] of references(stack)) {
    const loaded = await load(port, reference, { stack: stack.name, environment })
    const name = reference.use ?? loaded.type
    components[port] = { name, type: loaded.type, plugin: loaded.plugin }
    const options = await componentOptions(loaded.definition, ownOptions(reference), `${port} (${name})`)
    provide(container, loaded, { options, name, environment })
  }
  return {
    name: stack.name,
    components,
    get: (of) => container.get(of),
    [Symbol.asyncDispose]: () => container[Symbol.asyncDispose](),
  }
}

function refuseUnknownPorts(stack: StackDefinition): void {
  const unknown = Object.keys(stack).find((name) => !NAMES.includes(name))
  if (unknown === undefined) return
  const nearest = nearestName(unknown, NAMES)
  const problem = `there is no such component${nearest === undefined ? '' : ` (did you mean "${nearest}"?)`}`
  throw cairnError('CAIRN_STACK_INVALID', { stack: stack.name, path: unknown, problem })
}

function references(stack: StackDefinition): readonly (readonly [PortName, ComponentReference])[] {
  const policy = stack.cachePolicy ?? DEFAULT_STACK.cachePolicy
  return [
    ['orchestrator', stack.orchestrator ?? DEFAULT_STACK.orchestrator],
    ['artifactStore', stack.artifactStore ?? DEFAULT_STACK.artifactStore],
    ['metadataStore', stack.metadataStore ?? DEFAULT_STACK.metadataStore],
    ['cachePolicy', policy],
    // Without an index of its own, a policy looks results up where the default one does.
    ['cacheIndex', policy.index ?? DEFAULT_STACK.cachePolicy.index ?? { use: 'sqlite' }],
    ...(stack.provenance === undefined ? [] : [['provenance', stack.provenance] as const]),
  ]
}

async function load(
  port: PortName,
  reference: ComponentReference,
  context: { readonly stack: string; readonly environment: StackEnvironment },
): Promise<LoadedComponent> {
  const { stack } = context
  if (typeof reference !== 'object' || reference === null) {
    throw cairnError('CAIRN_STACK_INVALID', { stack, path: port, problem: 'it is not an object like { use: "local" }' })
  }
  if (isInline(reference)) {
    const definition = reference.component
    if (definition.port === port) return { definition, plugin: 'inline', type: definition.type ?? 'inline' }
    const problem = `the component given there supplies the port ${definition.port}`
    throw cairnError('CAIRN_STACK_INVALID', { stack, path: port, problem })
  }
  const { use } = reference
  if (typeof use !== 'string' || use === '') {
    throw cairnError('CAIRN_STACK_INVALID', { stack, path: `${port}.use`, problem: 'it does not name a plugin' })
  }
  if (port === 'cachePolicy' && use === 'content') {
    return { definition: CONTENT_POLICY, plugin: '@cairnml/core', type: 'content' }
  }
  return loadComponent(use, port, context.environment)
}

function ownOptions(reference: ComponentReference): Readonly<Record<string, unknown>> {
  if (isInline(reference)) return reference.options ?? {}
  const { use: _use, index: _index, ...options } = reference
  return options
}

function provide(
  container: Container,
  loaded: LoadedComponent,
  made: { readonly options: unknown; readonly name: string; readonly environment: StackEnvironment },
): void {
  const { cairnDir, projectDir } = made.environment
  const context: ComponentContext = { name: made.name, cairnDir, projectDir, get: (of) => container.get(of) }
  const { definition } = loaded
  // Sound: the token of a port holds that port's components, and the options passed the definition's own schema.
  const create = definition.create as (options: unknown, context: ComponentContext) => Ports[PortName]
  container.provide(TOKENS[definition.port] as Token<Ports[PortName]>, () => create(made.options, context))
}
