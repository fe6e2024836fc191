import type { StandardSchemaV1 } from '@standard-schema/spec'

import { cairnError } from '../errors/cairn-error.ts'
import { nearestName } from '../names/nearest.ts'
import type { Ignored } from './caching-options.ts'
import { schemaNames } from './params.ts'

/** The names that a step has. */
export interface IgnorableNames {
  readonly params: StandardSchemaV1 | undefined
  readonly inputs: Readonly<Record<string, unknown>>
}

/**
 * Refuses to ignore a parameter or input that the step does not have. Which variables and packages it reaches changes
 * with its code, so those may be absent; and a pipeline's default is for all of its steps.
 *
 * @throws CAIRN_IGNORE_UNKNOWN
 */
export function assertIgnored(where: string, ignore: Ignored | undefined, of: IgnorableNames): void {
  if (ignore === undefined) return
  const inputs = Object.keys(of.inputs)
  const params = of.params === undefined ? [] : schemaNames(of.params)
  assertNames(ignore.inputs, inputs, { where, kind: 'input' })
  // A schema that does not tell its names may have any.
  if (params !== undefined) assertNames(ignore.params, params, { where, kind: 'parameter' })
}

function assertNames(
  names: readonly string[] | undefined,
  known: readonly string[],
  at: { readonly where: string; readonly kind: string },
): void {
  for (const name of names ?? []) {
    if (!known.includes(name))
      throw cairnError('CAIRN_IGNORE_UNKNOWN', { ...at, name, nearest: nearestName(name, known) })
  }
}
