import { z } from 'zod'

/** How a support-vector classifier is trained. Names and defaults are those of scikit-learn's `SVC(gamma=0.001)`. */
export const svcParams = z.object({
  /** Width of the radial kernel, 1 / (2 * variance); the linear kernel has none and ignores it. */
  gamma: z.number().positive().default(0.001),
  /** The price of a training sample on the wrong side. */
  C: z.number().positive().default(1),
  kernel: z.enum(['rbf', 'linear']).default('rbf'),
})

/** Checked parameters, with the defaults filled in. */
export type SvcParams = z.infer<typeof svcParams>
