import { Container } from '../container/container.ts'
import type { Token } from '../container/token.ts'
import { cairnError } from '../errors/cairn-error.ts'
import { nearestName } from '../names/nearest.ts'
import { createComponent } from '../plugin/create-component.ts'
import type { ComponentContext, Ports, PortName } from '../plugin/define-plugin.ts'
import { portCommand, type LoadedComponent } from '../plugin/load-plugin.ts'
import { isPathUse } from '../plugin/plugin-file.ts'
import type { PluginSearch } from '../plugin/resolve-plugin.ts'
import type { ComponentSnapshot } from '../records/records.ts'
import { componentOptions } from './component-options.ts'
import { DEFAULT_STACK, isInline, type StackDefinition } from './define-stack.ts'
import { misfits, type FilledPart } from './stack-fit.ts'
import type { StackPlace } from './stack-place.ts'
import { loadPart, partOptions, PORT_TOKENS, stackParts, type StackPart } from './stack-parts.ts'

/** What a stack may name. */
const NAMES: readonly string[] = [...Object.keys(DEFAULT_STACK), 'provenance']

/** What opening a stack needs from its surroundings. */
export interface StackEnvironment extends PluginSearch {
  /** The folder for local state. */
  readonly cairnDir: string
  /** Where the parts of the stack are written, if it has a file. */
  readonly place?: StackPlace | undefined
}

/** A stack whose components can be had. */
export interface OpenStack extends AsyncDisposable {
  readonly name: string
  readonly components: { readonly [port: string]: ComponentSnapshot }
  /** What supplies each component. */
  readonly loaded: { readonly [port: string]: LoadedComponent }
  get<T>(of: Token<T>): Promise<T>
}

/** A component that is loaded and whose options are checked. */
export interface CheckedPart {
  readonly loaded: LoadedComponent
  /** The instance: the plugin as the stack names it. */
  readonly name: string
  /** Reads the secrets and gives the options. */
  readonly options: () => unknown
}

/**
 * Loads the components of a stack and wires them; each is created when it is first asked for.
 *
 * @throws the codes of the stack area
 */
export async function openStack(stack: StackDefinition, environment: StackEnvironment): Promise<OpenStack> {
  const container = new Container()
  const components: Record<string, ComponentSnapshot> = {}
  const allLoaded: Record<string, LoadedComponent> = {}
  const filled: FilledPart[] = []
  refuseUnknownPorts(stack)
  const search = { ...environment, found: new Map() }
  for (const part of stackParts(stack)) {
    const checked = await checkedPart(part, stack.name, search)
    const at = environment.place?.([...part.path, 'use'])
    const { name, loaded } = checked
    allLoaded[part.port] = loaded
    filled.push({ part, loaded })
    components[part.port] = { name, type: loaded.type, plugin: loaded.plugin }
    provide(container, { ...checked, at }, environment)
  }
  const [misfit] = misfits(filled, environment.place)
  if (misfit !== undefined) throw misfit.error
  return {
    name: stack.name,
    components,
    loaded: allLoaded,
    get: (of) => container.get(of),
    [Symbol.asyncDispose]: () => container[Symbol.asyncDispose](),
  }
}

/**
 * Loads one component of a stack and checks its options; nothing is created, and no secret is read.
 *
 * @throws the codes of the stack area
 */
export async function checkedPart(part: StackPart, stack: string, environment: StackEnvironment): Promise<CheckedPart> {
  const { place, projectDir } = environment
  const loaded = await loadPart(part, { stack, search: environment, place })
  const name = part.reference.use ?? loaded.type
  const options = await componentOptions({
    definition: loaded.definition,
    given: partOptions(part),
    component: `${part.port} (${name})`,
    command: () => describeCommand(part),
    path: part.path,
    place,
    projectDir,
    isCode: isInline(part.reference),
  })
  return { loaded, name, options }
}

/** Code of the project is loaded by it only if that is wanted. */
function describeCommand({ port, reference: { use } }: StackPart): string | undefined {
  return use && `cairn ${portCommand(port)} describe ${use}${isPathUse(use) ? ' --allow-code' : ''}`
}

function refuseUnknownPorts(stack: StackDefinition): void {
  const unknown = Object.keys(stack).find((name) => !NAMES.includes(name))
  if (unknown === undefined) return
  const nearest = nearestName(unknown, NAMES)
  const problem = `there is no such component${nearest === undefined ? '' : ` (did you mean "${nearest}"?)`}`
  throw cairnError('CAIRN_STACK_INVALID', { stack: stack.name, path: unknown, problem })
}

/** A part, and where its file names it. */
type PlacedPart = CheckedPart & { readonly at?: string | undefined }

function provide(container: Container, part: PlacedPart, environment: StackEnvironment): void {
  const { loaded, name, options } = part
  const { cairnDir, projectDir } = environment
  const context: ComponentContext = { name, cairnDir, projectDir, get: (of) => container.get(of) }
  // Sound: the token of a port holds that port's components.
  const of = PORT_TOKENS[loaded.definition.port] as Token<Ports[PortName]>
  container.provide(of, async () => createComponent({ loaded, options: options(), context, at: part.at }))
}
