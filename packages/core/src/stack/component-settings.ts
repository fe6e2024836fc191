import { toTaggedJson, type Json } from '../encoding/tagged-json.ts'
import { cairnError } from '../errors/cairn-error.ts'
import { checkSchema } from '../materializer/schema-check.ts'
import type { AnyComponentDefinition } from '../plugin/define-plugin.ts'
import type { LoadedComponent } from '../plugin/load-plugin.ts'
import { optionSchema } from './option-schema.ts'
import { findInOptions, type OptionFindings } from './option-secrets.ts'

/** The ports whose components may take settings: those that deal with one step. */
export const SETTABLE_PORTS = ['orchestrator', 'cachePolicy'] as const

/** A port whose components may take settings. */
export type SettablePort = (typeof SETTABLE_PORTS)[number]

/** Whether steps may say something to such a component. */
export function takesSettings({ port, settings }: Pick<AnyComponentDefinition, 'port' | 'settings'>): boolean {
  return settings !== undefined && SETTABLE_PORTS.some((settable) => settable === port)
}

/** What is said to a component of one step. */
export interface GivenSettings {
  /** Invocation id. */
  readonly step: string
  readonly stepName: string
  /** By the names under which it is said, the component's port or type; of settings in several, the last one counts. */
  readonly layers: readonly (readonly [name: string, settings: object])[]
}

/** Settings as their schema gives them, as tagged JSON. */
export type CheckedSettings = Readonly<Record<string, Json>>

/**
 * Checks what is said to a component of a step.
 *
 * @throws CAIRN_SETTINGS_INVALID
 */
export async function checkedSettings(
  { definition, type }: LoadedComponent,
  given: GivenSettings,
): Promise<CheckedSettings> {
  const component = `${definition.port} (${type})`
  if (!takesSettings(definition) || definition.settings === undefined) {
    return refuse(given, [], `${component} takes no settings`)
  }
  const schema = await definition.settings()
  const all = given.layers.flatMap(([, one]) => Object.entries(one))
  const settings: unknown = Object.fromEntries(all.filter(([, value]) => value !== undefined))
  refuseMisplaced(given, findInOptions(settings, optionSchema(schema), 'setting'))
  const answer = checkSchema(schema, settings, `The settings of ${component}`)
  if (answer.issues !== undefined) {
    const [{ path, message, value } = { path: '', message: 'they do not fit', value: 'unknown' }] = answer.issues
    return refuse(given, path === '' ? [] : [path], `${message} (was ${value})`)
  }
  const json = toTaggedJson(answer.value, `The settings of step "${given.step}"`)
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return refuse(given, [], `the schema of ${component} makes no object of them`)
  }
  // Sound: it is an object and no list, which leaves JSON by name.
  return json as CheckedSettings
}

/** A setting is recorded: there is no place for secrets. */
function refuseMisplaced(given: GivenSettings, { secrets, problems }: OptionFindings): void {
  const [secret] = secrets
  if (secret !== undefined) refuse(given, secret, 'settings are recorded, so a secret cannot be one')
  const [first] = problems
  if (first === undefined) return
  const isPlaceholder = first.remedy !== undefined
  const problem = isPlaceholder ? 'variables are filled in by run configuration files only' : first.problem
  refuse(given, first.path, problem)
}

function refuse({ step, stepName, layers }: GivenSettings, path: readonly (string | number)[], problem: string): never {
  const [first = ''] = String(path[0] ?? '').split('.')
  const owner = layers.findLast(([, settings]) => Object.hasOwn(settings, first)) ?? layers.at(-1)
  throw cairnError('CAIRN_SETTINGS_INVALID', { step, stepName, path: [owner?.[0] ?? '', ...path].join('.'), problem })
}
