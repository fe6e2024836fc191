import { errorRecord, isCairnError } from '@cairnml/core'
import { CONTENT_COMPONENT, installedPluginNames } from '@cairnml/core/stack-files'

import { pluginFacts } from '../plugin/plugin-facts.ts'
import type { StackSession } from '../stack/stack-session.ts'
import type { Finding } from './finding.ts'

/**
 * Which installed plugins can be used, and what is wrong with each of the others. All of them are loaded on purpose: a
 * fault is to be told before a stack needs the plugin.
 */
export async function pluginFindings(session: StackSession): Promise<readonly Finding[]> {
  const names = installedPluginNames(session.environment)
  const all = await Promise.all(names.map((name) => pluginFacts(name, session)))
  const sound = all.filter(({ components }) => components.length > 0).map(({ name }) => name)
  const faults = all.flatMap(({ name, fault }) => (fault === undefined ? [] : faultFinding(name, fault)))
  return [{ about: 'plugins', state: 'ok', text: [CONTENT_COMPONENT.plugin, ...sound].join(', ') }, ...faults]
}

function faultFinding(name: string, fault: unknown): readonly Finding[] {
  // A package of types of values has the name of a plugin, and no component.
  if (isCairnError(fault, 'CAIRN_PLUGIN_INVALID') && fault.details.isLibrary === true) return []
  const { code, message, hint } = errorRecord(fault)
  // As after an installation without development dependencies: whoever uses it is told.
  if (isCairnError(fault, 'CAIRN_PLUGIN_MISSING')) {
    return [{ about: 'plugins', state: 'unchecked', text: `${name} is in package.json, and not installed` }]
  }
  return [{ about: 'plugins', state: 'bad', text: `${code}: ${message}`, hint }]
}
