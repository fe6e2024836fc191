import type { StepSource } from '@cairnml/core'

interface Declaration {
  readonly name: string
}

/** A `step()` that gives back where it was called, to see what test runners show of it. */
export function step({ name }: Declaration): { implement(run: unknown): StepSource } {
  const holder: { stack?: string } = {}
  Error.captureStackTrace(holder, step)
  const site = { stack: holder.stack ?? '', repeated: false }
  const ports = { inputs: {}, outputs: {}, form: 'none' } as const
  return { implement: (run) => ({ name, site, ports, run: run as Function }) }
}

/** Where a module that a test file imports defines a step. */
export const imported: StepSource = step({ name: 'imported' }).implement((text: string) => text)
