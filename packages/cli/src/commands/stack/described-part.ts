import { componentSettingsSchema, isPathUse, isSecretReference, secretOptions } from '@cairnml/core/stack-files'
import { isWritten, loadPart, partOptions, type ChosenStack, type StackPart } from '@cairnml/core/stack'

import type { StackSession } from './stack-session.ts'

const SECRET_NAME = /(?:key|token|secret|pass|password|passwd|pwd|passphrase|credentials?)$/i
const HIDDEN = '(hidden)'

/** A component of a stack as people see it. */
export interface DescribedPart {
  readonly port: string
  readonly use: string
  readonly options: object
  /** The JSON Schema of what steps may say to it; absent where they say nothing, or it was not loaded. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined
  /** Where it is written; absent for those of the default stack. */
  readonly at?: string | undefined
}

/** What a stack says of a component, and what is known of that; one that cannot be loaded is shown as it is written. */
export async function describedPart(
  part: StackPart,
  { definition, place }: ChosenStack,
  { environment, allowCode }: Pick<StackSession, 'environment'> & { readonly allowCode: boolean },
): Promise<DescribedPart> {
  const { port, reference, path } = part
  const use = reference.use ?? 'code'
  const options = structuredClone(partOptions(part))
  const mayLoad = allowCode || !isPathUse(use)
  const loaded = mayLoad
    ? await loadPart(part, { stack: definition.name, search: environment }).catch(() => undefined)
    : undefined
  const secrets = loaded === undefined ? [] : await secretOptions(options, loaded).catch(() => [])
  for (const secret of secrets) hide(options, secret)
  return {
    port,
    use,
    options: withoutSecrets(options) as object,
    settings: loaded === undefined ? undefined : await componentSettingsSchema(loaded).catch(() => undefined),
    at: isWritten(part, definition) ? place?.(path) : undefined,
  }
}

/** Hides what a schema marks as secret, unless it is a reference to one. */
function hide(options: object, path: readonly (string | number)[]): void {
  const parent = path.slice(0, -1).reduce<unknown>((inner, key) => Reflect.get(inner as object, key), options)
  const name = path.at(-1) ?? ''
  // Sound: the path was found in these very options.
  const value: unknown = Reflect.get(parent as object, name)
  if (!isSecretReference(value)) Reflect.set(parent as object, name, HIDDEN)
}

/** What stands by a name of secrets and is no reference to one is hidden: no stack can be used that holds it. */
function withoutSecrets(value: unknown, name = ''): unknown {
  if (isSecretReference(value)) return value
  if (Array.isArray(value)) return value.map((item: unknown) => withoutSecrets(item, name))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutSecrets(inner, key)]))
  }
  return SECRET_NAME.test(name) && typeof value === 'string' ? HIDDEN : value
}
