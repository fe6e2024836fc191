/** Packages whose functions, called at load, only make descriptions, so that a call is no effect. Why: schema libraries. */
export const PURE_PACKAGES: ReadonlySet<string> = new Set([
  'zod',
  'valibot',
  'arktype',
  'typebox',
  '@sinclair/typebox',
  'superstruct',
  'io-ts',
  'effect',
])

/** Functions and members of these packages that change what all of their schemas do or say. */
export const CONFIGURING_NAMES: ReadonlySet<string> = new Set([
  // zod
  'config',
  'globalConfig',
  'globalRegistry',
  'setErrorMap',
  // valibot
  'setGlobalConfig',
  'setGlobalMessage',
  'setSchemaMessage',
  'setSpecificMessage',
  // arktype
  'configure',
  // typebox
  'FormatRegistry',
  'SetErrorFunction',
  'TypeRegistry',
  'TypeSystem',
  'TypeSystemPolicy',
])
