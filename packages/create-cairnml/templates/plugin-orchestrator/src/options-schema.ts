import { z } from 'zod'

import type { AcmeOptions } from './options.ts'

/** Checks the options; in a module of its own, because it is loaded only where a stack gives some. */
export const ACME_OPTIONS: z.ZodType<AcmeOptions> = z.strictObject({
  concurrency: z.int().positive().optional().describe('How many steps run at a time.'),
})
