import { cairnError, isCairnError } from '../errors/cairn-error.ts'
import { withoutSecrets } from '../secrets/known-secrets.ts'
import { assertClaims } from './capabilities-claimed.ts'
import { isDisposable } from './component.ts'
import type { ComponentContext, PortName, Ports } from './define-plugin.ts'
import { reasonOf, type LoadedComponent } from './load-plugin.ts'

/** The methods without which nothing of a port works. */
const METHODS: { readonly [P in PortName]: readonly (keyof Ports[P] & string)[] } = {
  orchestrator: ['execute'],
  artifactStore: ['put', 'get', 'stat', 'list', 'delete'],
  metadataStore: ['write', 'get', 'query', 'changes'],
  cachePolicy: ['describe'],
  cacheIndex: ['get', 'getMany', 'put', 'remove'],
  provenance: ['collect'],
}

/** How a component is made. */
export interface ComponentCreation {
  readonly loaded: Pick<LoadedComponent, 'definition' | 'plugin' | 'type'>
  /** What the schema of the definition gave. */
  readonly options: unknown
  readonly context: ComponentContext
  /** Where the stack names it. */
  readonly at?: string | undefined
}

/**
 * Makes a component, and looks whether it is what its definition says; one that is not is closed.
 *
 * @throws CAIRN_PLUGIN_INVALID if it is not, or cannot be made; an error with a code of the plugin's own as it is
 */
export async function createComponent(creation: ComponentCreation): Promise<Ports[PortName]> {
  const { loaded, options, context } = creation
  // Sound: the options passed the definition's own schema.
  const create = loaded.definition.create as (
    options: unknown,
    context: ComponentContext,
  ) => Ports[PortName] | Promise<Ports[PortName]>
  let component: Ports[PortName]
  try {
    component = await create(options, context)
  } catch (error) {
    throw creationFault(error, creation)
  }
  try {
    assertMethods(component, creation)
    assertClaims(component, loaded)
    return component
  } catch (error) {
    await closeUnfit(component)
    throw error
  }
}

/** What is wrong with it is said already: a fault of closing it would hide that. */
async function closeUnfit(component: unknown): Promise<void> {
  if (!isDisposable(component)) return
  try {
    await component[Symbol.asyncDispose]()
  } catch {
    return
  }
}

/** Plain JavaScript may give anything. */
function assertMethods(component: unknown, { loaded, at }: ComponentCreation): void {
  const { plugin, definition } = loaded
  const { port } = definition
  const missing = METHODS[port].find((name) => !isObject(component) || typeof component[name] !== 'function')
  if (missing === undefined) return
  const problem = isObject(component)
    ? `its ${port} has no method ${missing}`
    : `\`create\` of its ${port} returned ${String(component)}`
  const remedy = `\`create\` returns the component, which has the methods ${METHODS[port].join(', ')}.`
  throw cairnError('CAIRN_PLUGIN_INVALID', { plugin, problem, at, remedy })
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

/** Errors with a code say which component they are about. */
function creationFault(error: unknown, { loaded, at }: ComponentCreation): unknown {
  if (isCairnError(error)) return error
  const { plugin, definition } = loaded
  const problem = `creating its ${definition.port} failed: ${withoutSecrets(reasonOf(error, plugin))}`
  const remedy = 'Look at its options and at what it talks to; `--debug` shows the whole trace.'
  return cairnError('CAIRN_PLUGIN_INVALID', { plugin, problem, at, remedy }, { cause: error })
}
