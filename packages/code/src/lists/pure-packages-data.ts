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
