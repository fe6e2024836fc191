import type { PortName } from '@cairnml/core'
import { componentOptionSchema, componentSettingsSchema } from '@cairnml/core/stack-files'

import { optionLines, settingLines } from '../component/option-lines.ts'
import type { PluginFacts } from './plugin-facts.ts'
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
}

/** What is shown of a plugin that can be used. */
export async function shownPlugin({ name, version, components }: PluginFacts): Promise<ShownPlugin> {
  const shown = components.map(async (component) => {
    const { port, type, use, definition } = component
    const options = definition.options === undefined ? undefined : ((await componentOptionSchema(component)) ?? {})
    const settings = definition.settings === undefined ? undefined : ((await componentSettingsSchema(component)) ?? {})
    return { port, type, use, options, settings, line: stackLine(port, use, options) }
  })
  return { name, version, components: await Promise.all(shown) }
}

/** A plugin for people to read. */
export function pluginText({ name, version = '', components }: ShownPlugin): string {
  const parts = components.map(({ port, type, options, settings, line }) => {
    const takes = optionLines(options, options !== undefined) + settingLines(settings, settings !== undefined)
    return `${port} ${type}\n${takes}  In a stack: ${line}\n`
  })
  return `${name} ${version}\n${parts.join('')}`
}
