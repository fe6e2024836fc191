import type { OutputForm, StackDefinition, StepInvocation } from '@cairnml/core'

/** The file descriptor on which the process reports; what the step prints is thrown away. */
export const REPORT_FD = 3

/** All that a process needs to execute a step again, as JSON. */
export interface RerunRequest {
  readonly stack: StackDefinition
  readonly projectDir: string
  readonly cairnDir: string
  readonly fallbackDirs: readonly string[]
  readonly invocation: StepInvocation
  /** `file:` URL of the bundle. */
  readonly module: string
  readonly form: OutputForm
}

/** How the execution ended. */
export type RerunReport =
  | { readonly status: 'completed'; readonly outputs: { readonly [name: string]: string } }
  | { readonly status: 'failed'; readonly problem: string }
