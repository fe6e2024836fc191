import { cairnError, nearestName, type Settings } from '@cairnml/core'
import {
  checkedSettings,
  SETTABLE_PORTS,
  takesSettings,
  type GivenSettings,
  type OpenStack,
  type PluginSearch,
  type SettablePort,
} from '@cairnml/core/stack'

import type { LivePlan } from '../plan/make-plan.ts'
import type { PlannedInvocation, PlannedSettings } from '../plan/plan.ts'

/** A plan whose settings are those of the stack's components. */
export interface FittedPlan {
  readonly live: LivePlan
  /** Components that settings are for and that the stack does not have, each once. */
  readonly unusedSettings: readonly string[]
}

/** Where components of settings are looked for. */
export interface SettingsSearch {
  readonly stack: OpenStack
  readonly search: PluginSearch
}

/**
 * Checks the settings of every step against the stack and gives each invocation those of its orchestrator and cache policy.
 * What is for a component of another stack is left out.
 *
 * @throws CAIRN_SETTINGS_INVALID, CAIRN_SETTINGS_UNKNOWN
 */
export async function fitSettings(live: LivePlan, of: SettingsSearch): Promise<FittedPlan> {
  const unused = new Set<string>()
  const invocations: PlannedInvocation[] = []
  for (const invocation of live.plan.invocations) {
    const layers = live.settings.get(invocation.id) ?? []
    const settings = layers.length === 0 ? undefined : await settingsOf(invocation, layers, { ...of, unused })
    invocations.push(settings === undefined ? invocation : { ...invocation, settings })
  }
  return { live: { ...live, plan: { ...live.plan, invocations } }, unusedSettings: [...unused] }
}

interface Fitting extends SettingsSearch {
  readonly unused: Set<string>
}

type Loaded = OpenStack['loaded'][string]

type Who = Pick<GivenSettings, 'step' | 'stepName'>

async function settingsOf(
  { id: step, step: stepName }: PlannedInvocation,
  layers: readonly Settings[],
  of: Fitting,
): Promise<PlannedInvocation['settings']> {
  const who = { step, stepName }
  const given = new Map<SettablePort, (readonly [string, object])[]>()
  // What is said to a type is said more exactly than what is said to whatever has that place.
  for (const [name, settings] of layers.flatMap((layer) => portFirst(layer))) {
    if (settings === undefined || of.unused.has(name)) continue
    const takers = takersOf(name, of.stack)
    for (const port of takers) given.set(port, [...(given.get(port) ?? []), [name, settings]])
    if (takers.length === 0) await leaveOut({ ...who, layers: [[name, settings]] }, name, of)
  }
  const fitted: (readonly [SettablePort, PlannedSettings])[] = []
  for (const [port, said] of given) {
    const component = of.stack.loaded[port]
    if (component === undefined) continue
    const values = await checkedSettings(component, { ...who, layers: said })
    fitted.push([port, { for: component.type, values }])
  }
  return fitted.length === 0 ? undefined : Object.fromEntries(fitted)
}

/** The components that a name means, by their place or type, and that take settings. */
function takersOf(name: string, { loaded }: OpenStack): readonly SettablePort[] {
  return SETTABLE_PORTS.filter((port) => {
    const component = loaded[port]
    return component !== undefined && [port, component.type].includes(name) && takesSettings(component.definition)
  })
}

function portFirst(layer: Settings): readonly (readonly [string, object | undefined])[] {
  return Object.entries(layer).toSorted(([a], [b]) => Number(isSettablePort(b)) - Number(isSettablePort(a)))
}

function isSettablePort(name: string): boolean {
  return SETTABLE_PORTS.some((port) => port === name)
}

/** Leaves out what is for a component of another stack; one of this stack that takes no settings is told so. */
async function leaveOut(given: GivenSettings, name: string, of: Fitting): Promise<void> {
  const { loaded } = of.stack
  const own = Object.entries(loaded).find(([port, { type }]) => port === name || type === name)?.[1]
  if (own === undefined) await assertKnown(given, name, of)
  else if (own.type !== name || !(await hasSettableSibling(own, of))) await checkedSettings(own, given)
  of.unused.add(name)
}

/** Whether the same plugin supplies a component of the same type, for another place, that takes settings. */
async function hasSettableSibling({ plugin, type }: Loaded, { search }: Fitting): Promise<boolean> {
  const { pluginComponents } = await import('@cairnml/core/stack-files')
  const siblings = await pluginComponents(plugin, search).catch(() => [])
  return siblings.some((one) => one.type === type && takesSettings(one.definition))
}

/**
 * A name that is nearly that of a component is a mistake; any other one may be supplied where the plugin is installed.
 * Plugins go by their names here, and are loaded only before one is refused: it may be a type that one of them calls so.
 */
async function assertKnown({ step, stepName }: Who, name: string, { stack, search }: Fitting): Promise<void> {
  const { installedComponents, installedPluginNames, shortUse } = await import('@cairnml/core/stack-files')
  const types = Object.values(stack.loaded).map(({ type }) => type)
  const known = [...SETTABLE_PORTS, ...types, ...installedPluginNames(search).map(shortUse)]
  const nearest = known.includes(name) ? undefined : nearestName(name, known)
  if (nearest === undefined) return
  const installed = await installedComponents(search)
  if (installed.some(({ type }) => type === name)) return
  throw cairnError('CAIRN_SETTINGS_UNKNOWN', { step, stepName, name, nearest })
}
