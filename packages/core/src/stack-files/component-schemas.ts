import type { AnyComponentDefinition } from '../plugin/define-plugin.ts'
import { optionSchema, type OptionSchema } from '../stack/option-schema.ts'
import { findInOptions, type OptionPath } from '../stack/option-secrets.ts'

/** A component as far as its schemas go. */
interface WithDefinition {
  readonly definition: AnyComponentDefinition
}

/** The JSON Schema of the options of a component, or `undefined` where it takes none or cannot tell. */
export async function componentOptionSchema({ definition }: WithDefinition): Promise<OptionSchema | undefined> {
  return definition.options === undefined ? undefined : optionSchema(await definition.options())
}

/** The JSON Schema of what steps may say to a component in `settings`, or `undefined` where it takes none or cannot tell. */
export async function componentSettingsSchema({ definition }: WithDefinition): Promise<OptionSchema | undefined> {
  return definition.settings === undefined ? undefined : optionSchema(await definition.settings())
}

/** The places in the options of a component where its schema marks a secret. */
export async function secretOptions(options: object, component: WithDefinition): Promise<readonly OptionPath[]> {
  return findInOptions(options, await componentOptionSchema(component)).secrets
}
