import type { PortName } from '@cairnml/core'
import { componentOptionSchema, componentSettingsSchema } from '@cairnml/core/stack-files'

import { optionLines, settingLines } from '../component/option-lines.ts'
import type { StackSession } from '../stack/stack-session.ts'
import type { PluginFacts } from './plugin-facts.ts'
import { stackFaults, type StackFault } from './stack-faults.ts'
import { stackLine } from './stack-line.ts'

/** A plugin with all that is needed to use it, as programs read it. */
export interface ShownPlugin {
  /** Of the package. */
  readonly name: string
  readonly version?: string | undefined
  readonly components: readonly {
    readonly port: PortName
    readonly type: string
    /** What a stack writes. */
    readonly use: string
    /** The JSON Schema of its options, where it takes any; empty where its schema does not tell them. */
    readonly options?: Readonly<Record<string, unknown>> | undefined
    /** The same for what steps may say to it in `settings`. */
    readonly settings?: Readonly<Record<string, unknown>> | undefined
    /** How a stack file uses it. */
    readonly line: string
  }[]
  /** What the stacks of the project say to it that it does not take. */
  readonly faults: readonly StackFault[]
}

/** What is shown of a plugin that can be used. */
export async function shownPlugin(
  { name, version, components }: PluginFacts,
  session: StackSession,
): Promise<ShownPlugin> {
  const shown = components.map(async (component) => {
    const { port, type, use, definition } = component
    const options = definition.options === undefined ? undefined : ((await componentOptionSchema(component)) ?? {})
    const settings = definition.settings === undefined ? undefined : ((await componentSettingsSchema(component)) ?? {})
    return { port, type, use, options, settings, line: stackLine(port, use, options) }
  })
  return { name, version, components: await Promise.all(shown), faults: await stackFaults(session, name) }
}

/** A plugin for people to read. */
export function pluginText({ name, version = '', components, faults }: ShownPlugin): string {
  const parts = components.map(({ port, type, options, settings, line }) => {
    const takes = optionLines(options, options !== undefined) + settingLines(settings, settings !== undefined)
    return `${port} ${type}\n${takes}  In a stack: ${line}\n`
  })
  const misfits = faults.map(({ stack, message }) => `Stack ${stack} cannot be used with it: ${message}\n`)
  return `${name} ${version}\n${parts.join('')}${misfits.join('')}`
}
