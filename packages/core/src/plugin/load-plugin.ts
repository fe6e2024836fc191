import { cairnError } from '../errors/cairn-error.ts'
import { placeOfError } from '../errors/place-of-error.ts'
import { assertCoreRange, updateCommand } from './core-range.ts'
import { PORT_VERSIONS, type AnyComponentDefinition, type Plugin, type PortName } from './define-plugin.ts'
import { isPathUse } from './plugin-file.ts'
import { resolvePlugin, useParts, type FoundPlugin, type PluginSearch } from './resolve-plugin.ts'

/** A component definition and the package that it came from. */
export interface LoadedComponent {
  readonly definition: AnyComponentDefinition
  readonly plugin: string
  readonly type: string
}

/**
 * Loads the component that a stack means by `use` for a port; `name#type` picks one of several.
 *
 * @throws CAIRN_PLUGIN_MISSING, CAIRN_PLUGIN_AMBIGUOUS, CAIRN_PLUGIN_VERSION, CAIRN_PLUGIN_INVALID
 */
export async function loadComponent(use: string, port: PortName, search: PluginSearch): Promise<LoadedComponent> {
  const { name, type } = useParts(use)
  const { packageName, plugin } = await loadPlugin(name, search)
  const fitting = plugin.components.filter(
    (component) => component.port === port && (type === undefined || typeOf(plugin, component) === type),
  )
  const [definition] = fitting
  if (definition !== undefined && fitting.length === 1) {
    await assertPortVersion(packageName, definition, search)
    return { definition, plugin: packageName, type: typeOf(plugin, definition) }
  }
  const wanted = type === undefined ? port : `${port} of type ${type}`
  if (definition === undefined) {
    const supplied = plugin.components.map((one) => `${one.port} ${typeOf(plugin, one)}`)
    const problem = `it supplies no ${wanted}${supplied.length === 0 ? '' : `, only ${supplied.join(', ')}`}`
    const remedy = `\`cairn ${portCommand(port)} list\` shows what is installed for this place.`
    throw cairnError('CAIRN_PLUGIN_INVALID', { plugin: packageName, problem, remedy })
  }
  const types = fitting.map((one) => `${name}#${typeOf(plugin, one)}`).join(' or ')
  throw cairnError('CAIRN_PLUGIN_INVALID', { plugin: packageName, problem: `it supplies several: write ${types}` })
}

/** The name of the command about components of a port: `artifact-store`. */
export function portCommand(port: PortName): string {
  return port.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

/**
 * Loads a plugin by the `use` of a stack, without a type behind it.
 *
 * @throws CAIRN_PLUGIN_MISSING, CAIRN_PLUGIN_AMBIGUOUS, CAIRN_PLUGIN_VERSION, CAIRN_PLUGIN_INVALID
 */
export async function loadPlugin(name: string, search: PluginSearch): Promise<FoundPlugin> {
  const known = search.found?.get(name)
  if (known !== undefined) return known
  const resolved = await resolvePlugin(name, search)
  const { packageName, url } = resolved
  await assertCoreRange(resolved, search)
  const found = { packageName, plugin: assertPlugin(packageName, await importDefault(packageName, url)) }
  for (const definition of found.plugin.components) assertFunctions(packageName, definition)
  search.found?.set(name, found)
  return found
}

/**
 * Refuses a component that is made for another version of its port.
 *
 * @throws CAIRN_PLUGIN_VERSION, CAIRN_PLUGIN_INVALID if what it says is no version
 */
export async function assertPortVersion(
  plugin: string,
  definition: AnyComponentDefinition,
  search: PluginSearch,
): Promise<void> {
  const { port, portVersion = 1 } = definition
  const version = PORT_VERSIONS[port]
  if (portVersion === version) return
  assertVersionNumber(plugin, port, portVersion)
  const isNewer = portVersion > version
  throw cairnError('CAIRN_PLUGIN_VERSION', {
    plugin,
    made: `version ${portVersion} of the port ${port}`,
    present: `version ${version}`,
    install: await updateCommand(isNewer || isPathUse(plugin) ? 'cairnml' : plugin, search),
    remedy:
      isPathUse(plugin) && !isNewer ? `Change ${plugin} so that it fits, and its portVersion with it.` : undefined,
  })
}

/** In plain JavaScript a schema is easily given in place of the function that loads it, and would check nothing. */
function assertFunctions(plugin: string, definition: AnyComponentDefinition): void {
  const { port, portVersion = 1, create, ...optional } = definition
  // What is made for another version may look otherwise; that is said when it is used.
  if (portVersion !== PORT_VERSIONS[port]) return
  if (typeof create !== 'function') throw notFunction(plugin, port, 'create')
  for (const name of ['options', 'settings', 'location'] as const) {
    if (optional[name] !== undefined && typeof optional[name] !== 'function') throw notFunction(plugin, port, name)
  }
}

function notFunction(plugin: string, port: PortName, name: string): Error {
  const problem = `\`${name}\` of its ${port} is no function`
  const remedy = `Declare it as \`${port}({ options: async () => schema, create: (options, context) => component })\`.`
  return cairnError('CAIRN_PLUGIN_INVALID', { plugin, problem, remedy })
}

/** What plain JavaScript says may be anything. */
function assertVersionNumber(plugin: string, port: PortName, given: unknown): void {
  if (typeof given === 'number' && Number.isSafeInteger(given)) return
  const told = typeof given === 'string' ? JSON.stringify(given) : String(given)
  throw cairnError('CAIRN_PLUGIN_INVALID', {
    plugin,
    problem: `portVersion of its ${port} is ${told}, which is no version of a port`,
    remedy: `Declare the component by \`${port}({ ... })\` of @cairnml/core, which sets it.`,
  })
}

async function importDefault(packageName: string, url: string): Promise<unknown> {
  try {
    const module = (await import(url)) as { readonly default?: unknown }
    return module.default
  } catch (error) {
    const problem = `loading it failed: ${reasonOf(error, packageName)}`
    const remedy = 'Correct it there, or install what it imports.'
    throw cairnError('CAIRN_PLUGIN_INVALID', { plugin: packageName, problem, remedy }, { cause: error })
  }
}

/** What an error of a plugin says, to stand at the end of a sentence, with its place in a file of the project. */
export function reasonOf(error: unknown, plugin: string): string {
  const isOwn = isPathUse(plugin)
  const place = isOwn && error instanceof Error ? placeOfError(error) : undefined
  const text = (error instanceof Error ? error.message : String(error)).trim().replace(/\.$/, '')
  return place === undefined ? text : `${text} (${place})`
}

/** The type of a component, by default the name of its plugin. */
export function typeOf(plugin: Plugin, component: AnyComponentDefinition): string {
  return component.type ?? plugin.name
}

function assertPlugin(packageName: string, value: unknown): Plugin {
  if (isPlugin(value)) return value
  // A CommonJS build keeps its default export one level below that of the module.
  if (typeof value === 'object' && value !== null && 'default' in value && isPlugin(value.default)) return value.default
  const isLibrary = value === undefined ? true : undefined
  throw cairnError('CAIRN_PLUGIN_INVALID', {
    plugin: packageName,
    problem: 'its default export is no plugin',
    isLibrary,
  })
}

function isPlugin(value: unknown): value is Plugin {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    typeof value.name === 'string' &&
    'components' in value &&
    Array.isArray(value.components) &&
    value.components.every((component) => typeof component === 'object' && component !== null && 'port' in component)
  )
}
