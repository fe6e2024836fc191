import path from 'node:path'

import { z } from 'zod'

import type { GitPolicyOptions, GitPolicySettings } from './git-options.ts'

const PATH = z
  .string()
  .min(1)
  .refine((text) => !/\p{Cc}/u.test(text), { error: 'expected a path without control characters' })
  .refine((text) => !path.isAbsolute(text) && !path.win32.isAbsolute(text), {
    error: 'expected a path relative to the project',
  })

/** The schema of the policy's options, in a module of its own because zod takes long to load. */
export const GIT_POLICY_OPTIONS: z.ZodType<GitPolicyOptions> = z.strictObject({
  paths: z.array(PATH).nonempty().optional().describe('What counts. Default: the commit as a whole.'),
})

/** The schema of what a step may say to the policy. */
export const GIT_POLICY_SETTINGS: z.ZodType<GitPolicySettings> = z.strictObject({
  paths: z.array(PATH).nonempty().optional().describe('What counts for the step. Default: the paths of the stack.'),
})
