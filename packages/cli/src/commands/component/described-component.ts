import { cairnError, isCairnError, nearestName, type PortName, type Requirements } from '@cairnml/core'
import {
  componentOptionSchema,
  componentSettingsSchema,
  CONTENT_COMPONENT,
  installedPluginNames,
  isPathUse,
  loadComponent,
  pluginComponents,
  pluginComponentsInTime,
  shortUse,
  useParts,
  type InstalledComponent,
} from '@cairnml/core/stack-files'
import type { PluginSearch } from '@cairnml/core/stack'

import { usageError } from '../../flags/parse-flags.ts'
import { leaveAtEnd } from '../../output/early-end.ts'
import type { StackAnswer } from '../stack/stack-command.ts'
import type { StackSession } from '../stack/stack-session.ts'
import { optionLines, settingLines } from './option-lines.ts'

/** Which component is meant, and what there is. */
export interface ComponentQuestion {
  /** As a stack writes it. */
  readonly use: string
  readonly port: PortName
  /** The command that was called: `artifact-store`. */
  readonly command: string
  /** Whether a file of the project may be loaded, which runs it. */
  readonly allowCode: boolean
}

/** What a component takes, and what it can do. */
export async function describedComponent(question: ComponentQuestion, session: StackSession): Promise<StackAnswer> {
  const { use, plugin, type, port, definition } = await meant(question, session)
  const options = await componentOptionSchema({ definition })
  const settings = await componentSettingsSchema({ definition })
  const { provides = [], requires = {} } = definition
  const lines = [
    optionLines(options, definition.options !== undefined),
    settingLines(settings, definition.settings !== undefined),
    capabilityLines(provides, requires),
  ]
  return {
    text: `${use}: ${port} ${type} of ${plugin}\n${lines.join('')}`,
    json: { format: 'cairn.component-describe/1', port, use, plugin, type, options, settings, provides, requires },
  }
}

/** The component that is meant; no other plugin is loaded to find it. */
async function meant(
  { use, port, command, allowCode }: ComponentQuestion,
  { environment }: StackSession,
): Promise<InstalledComponent> {
  if (port === CONTENT_COMPONENT.port && use === CONTENT_COMPONENT.use) return CONTENT_COMPONENT
  if (isPathUse(use) && !allowCode) throw usageError(`${use} is code of this project: add --allow-code to load it.`)
  const { name } = useParts(use)
  try {
    const supplied = (await pluginComponents(name, environment)).filter((one) => one.port === port)
    const found = supplied.find((one) => [one.use, one.plugin, `${one.plugin}#${one.type}`].includes(use))
    return found ?? { port, use, ...(await loadComponent(use, port, environment)) }
  } catch (error) {
    const nearest = isCairnError(error, 'CAIRN_PLUGIN_MISSING') ? await nearestUse(name, port, environment) : undefined
    if (nearest === undefined) throw error
    const problem = `no installed plugin supplies it (did you mean "${nearest}"?)`
    const remedy = `\`cairn ${command} list\` shows what is installed for this place.`
    throw cairnError('CAIRN_PLUGIN_INVALID', { plugin: use, problem, remedy }, { cause: error })
  }
}

/** What a stack writes for the port to use the installed plugin whose name is nearest. */
async function nearestUse(name: string, port: PortName, search: PluginSearch): Promise<string | undefined> {
  const names = new Map(installedPluginNames(search).map((one) => [shortUse(one), one]))
  const nearest = names.get(nearestName(name, names.keys()) ?? '')
  if (nearest === undefined) return undefined
  const supplied = await pluginComponentsInTime(nearest, search, { onLate: leaveAtEnd }).catch(() => [])
  return supplied.find((one) => one.port === port)?.use
}

/** What a component can do for others and what it needs of them: `  provides ifAbsent`, `  requires artifactStore: remote`. */
function capabilityLines(provides: readonly string[], requires: Requirements): string {
  const needs = Object.entries(requires).map(([port, names]) => `  requires ${port}: ${names.join(', ')}\n`)
  return `${provides.length === 0 ? '' : `  provides ${provides.join(', ')}\n`}${needs.join('')}`
}
