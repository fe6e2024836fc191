import { cairnError, nearestName, type Settings } from '@cairnml/core'
import { checkedSettings, type GivenSettings, type OpenStack, type PluginSearch } from '@cairnml/core/stack'

import type { LivePlan } from '../plan/make-plan.ts'
import type { PlannedInvocation } from '../plan/plan.ts'

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

const PORT = 'orchestrator'

/**
 * Checks the settings of every step against the stack and gives each invocation those of its orchestrator. What is for a
 * component of another stack is left out.
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

async function settingsOf(
  { id: step, step: stepName }: PlannedInvocation,
  layers: readonly Settings[],
  of: Fitting,
): Promise<PlannedInvocation['settings']> {
  const { loaded } = of.stack
  const own = loaded[PORT]
  const given: (readonly [string, object])[] = []
  // What is said to a type is said more exactly than what is said to whatever orchestrates.
  for (const [name, settings] of layers.flatMap((layer) => portFirst(layer))) {
    if (settings === undefined) continue
    if (own !== undefined && (name === PORT || name === own.type)) {
      given.push([name, settings])
      continue
    }
    const other = Object.entries(loaded).find(([port, { type }]) => port === name || type === name)?.[1]
    if (other !== undefined) await checkedSettings(other, { step, stepName, layers: [[name, settings]] })
    await assertKnown({ step, stepName }, name, of)
    of.unused.add(name)
  }
  if (own === undefined || given.length === 0) return undefined
  return { for: own.type, values: await checkedSettings(own, { step, stepName, layers: given }) }
}

function portFirst(layer: Settings): readonly (readonly [string, object | undefined])[] {
  return Object.entries(layer).toSorted(([a], [b]) => Number(b === PORT) - Number(a === PORT))
}

/** A name that is nearly that of a component is a mistake; any other one may be supplied where the plugin is installed. */
async function assertKnown(
  who: Pick<GivenSettings, 'step' | 'stepName'>,
  name: string,
  { stack, search, unused }: Fitting,
): Promise<void> {
  if (unused.has(name)) return
  const { installedComponents } = await import('@cairnml/core/stack-files')
  const installed = await installedComponents(search)
  const known = [PORT, ...Object.values(stack.loaded).map(({ type }) => type), ...installed.map(({ type }) => type)]
  if (known.includes(name)) return
  const nearest = nearestName(name, known)
  if (nearest !== undefined) throw cairnError('CAIRN_SETTINGS_UNKNOWN', { ...who, name, nearest })
}
