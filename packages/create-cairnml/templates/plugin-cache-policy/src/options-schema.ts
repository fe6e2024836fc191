import { z } from 'zod'

import type { AcmeOptions } from './options.ts'

/** Checks the options; in a module of its own, because it is loaded only where a stack gives some. */
export const ACME_OPTIONS: z.ZodType<AcmeOptions> = z.strictObject({
  release: z.string().min(1).optional().describe('Counts for every step: results of another release are not reused.'),
})
