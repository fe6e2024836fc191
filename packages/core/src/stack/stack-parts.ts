import { CACHE_INDEX } from '../cache-index/cache-index.ts'
import { ARTIFACT_STORE } from '../artifact-store/artifact-store.ts'
import { CACHE_POLICY } from '../cache-policy/cache-policy.ts'
import { ContentCachePolicy, type ContentPolicyOptions } from '../cache-policy/content-policy.ts'
import type { Token } from '../container/token.ts'
import { cairnError, isCairnError } from '../errors/cairn-error.ts'
import { METADATA_STORE } from '../metadata-store/metadata-store.ts'
import { ORCHESTRATOR } from '../orchestrator/orchestrator.ts'
import { cachePolicy, type PortName, type Ports } from '../plugin/define-plugin.ts'
import { loadComponent, type LoadedComponent } from '../plugin/load-plugin.ts'
import type { PluginSearch } from '../plugin/resolve-plugin.ts'
import { DEFAULT_STACK, isInline, type ComponentReference, type StackDefinition } from './define-stack.ts'
import { PROVENANCE } from '../provenance/provenance.ts'
import type { StackPlace } from './stack-place.ts'

const PLACED = [
  'CAIRN_PLUGIN_MISSING',
  'CAIRN_PLUGIN_AMBIGUOUS',
  'CAIRN_PLUGIN_VERSION',
  'CAIRN_PLUGIN_INVALID',
] as const

/** The token of each port. */
export const PORT_TOKENS: { readonly [P in PortName]: Token<Ports[P]> } = {
  orchestrator: ORCHESTRATOR,
  artifactStore: ARTIFACT_STORE,
  metadataStore: METADATA_STORE,
  cachePolicy: CACHE_POLICY,
  cacheIndex: CACHE_INDEX,
  provenance: PROVENANCE,
}

const PATHS: { readonly [P in PortName]: readonly string[] } = {
  orchestrator: ['orchestrator'],
  artifactStore: ['artifactStore'],
  metadataStore: ['metadataStore'],
  cachePolicy: ['cachePolicy'],
  cacheIndex: ['cachePolicy', 'index'],
  provenance: ['provenance'],
}

/** The policy that is part of this package. */
export const CONTENT_POLICY: LoadedComponent = {
  definition: cachePolicy<ContentPolicyOptions>({
    type: 'content',
    options: async () => (await import('../cache-policy/content-options.ts')).CONTENT_OPTIONS,
    requiresOptions: false,
    create: (options, context) => new ContentCachePolicy(context.name, options),
  }),
  plugin: '@cairnml/core',
  type: 'content',
}

/** A component of a stack before it is loaded. */
export interface StackPart {
  readonly port: PortName
  readonly reference: ComponentReference
  /** From the stack down: `['cachePolicy', 'index']`. */
  readonly path: readonly string[]
}

/** Where the parts of a stack are looked for, and what it is called. */
export interface PartContext {
  readonly stack: string
  readonly search: PluginSearch
  readonly place?: StackPlace | undefined
}

/** The components of a stack, with those of the default stack where it says nothing. */
export function stackParts(stack: StackDefinition): readonly StackPart[] {
  const policy = stack.cachePolicy ?? DEFAULT_STACK.cachePolicy
  const references: readonly (readonly [PortName, ComponentReference])[] = [
    ['orchestrator', stack.orchestrator ?? DEFAULT_STACK.orchestrator],
    ['artifactStore', stack.artifactStore ?? DEFAULT_STACK.artifactStore],
    ['metadataStore', stack.metadataStore ?? DEFAULT_STACK.metadataStore],
    ['cachePolicy', policy],
    // Without an index of its own, a policy looks results up where the default one does.
    ['cacheIndex', policy.index ?? DEFAULT_STACK.cachePolicy.index ?? { use: 'sqlite' }],
    ...(stack.provenance === undefined ? [] : [['provenance', stack.provenance] as const]),
  ]
  return references.map(([port, reference]) => ({ port, reference, path: PATHS[port] }))
}

/** Whether the stack names a part itself; otherwise it is that of the default stack. */
export function isWritten({ path }: StackPart, stack: StackDefinition): boolean {
  const found = path.reduce<unknown>(
    (inner, name) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined),
    stack,
  )
  return found !== undefined
}

/**
 * Loads what supplies a component.
 *
 * @throws CAIRN_STACK_INVALID, CAIRN_PLUGIN_MISSING, CAIRN_PLUGIN_AMBIGUOUS, CAIRN_PLUGIN_VERSION, CAIRN_PLUGIN_INVALID
 */
export async function loadPart({ port, reference, path }: StackPart, context: PartContext): Promise<LoadedComponent> {
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
  if (port === 'cachePolicy' && use === 'content') return CONTENT_POLICY
  try {
    return await loadComponent(use, port, context.search)
  } catch (error) {
    throw placedError(error, context.place?.([...path, 'use']))
  }
}

/** What is beside `use` in a component. */
export function partOptions({ port, reference }: StackPart): Readonly<Record<string, unknown>> {
  if (isInline(reference)) return reference.options ?? {}
  const { use: _use, ...options } = reference
  if (port !== 'cachePolicy') return options
  const { index: _index, ...policy } = options
  return policy
}

/** The same error, with the place in the stack file that made it. */
export function placedError(error: unknown, at: string | undefined): unknown {
  if (at === undefined || !isCairnError(error)) return error
  const details = { ...error.details, at }
  // Sound: they are the details of an error of the same code.
  for (const code of PLACED) {
    if (error.code === code) return cairnError(code, details as never, { cause: error.cause })
  }
  return error
}
