import type { ResultManifest } from '../artifact/result-manifest.ts'
import type { ExecutionContext, Orchestrator, StepInvocation } from './orchestrator.ts'

/** The reference orchestrator: every invocation runs in the driver's own process, as soon as it is asked for. */
export class InlineOrchestrator implements Orchestrator {
  readonly name: string
  readonly type = 'inline'
  readonly concurrency: number

  constructor(options: { readonly name?: string; readonly concurrency?: number } = {}) {
    this.name = options.name ?? 'inline'
    this.concurrency = options.concurrency ?? 1
  }

  async execute(_invocation: StepInvocation, context: ExecutionContext): Promise<ResultManifest> {
    return context.runHere()
  }
}
