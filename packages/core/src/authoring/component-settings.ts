import { isRecord } from './option-check.ts'

/**
 * What the components of stacks can be told of a step, by the type of the component. A plugin adds its own settings,
 * which types them wherever settings are given.
 *
 * @example
 * declare module '@cairnml/core' {
 *   interface ComponentSettings { readonly kubernetes: { readonly nodeSelector?: Readonly<Record<string, string>> } }
 * }
 */
export interface ComponentSettings {}

/**
 * Settings for components of the stack, by the type of the component (`kubernetes`) or its place in the stack
 * (`orchestrator`, `cachePolicy`). They are plain data and never count for caching by themselves; a cache policy says what its
 * own ones change.
 */
export type Settings = { readonly [T in keyof ComponentSettings]?: ComponentSettings[T] | undefined } & {
  readonly [component: string]: object | undefined
}

/** Whether a value has settings by component. */
export function isSettings(value: unknown): value is Settings {
  return isRecord(value) && Object.values(value).every((settings) => settings === undefined || isRecord(settings))
}

/** Joins settings component by component and, in each, setting by setting: what comes later wins. */
export function joinedSettings(layers: readonly (Settings | undefined)[]): Settings | undefined {
  const joined = new Map<string, Readonly<Record<string, unknown>>>()
  for (const layer of layers) {
    for (const [component, settings] of Object.entries(layer ?? {})) {
      const given = Object.entries(settings ?? {}).filter(([, value]) => value !== undefined)
      joined.set(component, { ...joined.get(component), ...Object.fromEntries(given) })
    }
  }
  return joined.size === 0 ? undefined : Object.fromEntries(joined)
}
