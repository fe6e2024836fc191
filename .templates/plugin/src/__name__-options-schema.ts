import { z } from 'zod'

import type { __Name__Options } from './__name__-options.ts'

/** The schema of the options, in a module of its own because zod takes long to load. */
export const __NAME___OPTIONS: z.ZodType<__Name__Options> = z.strictObject({
  prefix: z.string().endsWith('/').optional(),
})
