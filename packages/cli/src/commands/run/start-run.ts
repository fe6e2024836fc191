import type { Run } from '@cairnml/core'
import type { RunRequest } from '@cairnml/engine'

import { findLostRun } from '../../output/early-end.ts'

/** Starts a run. Where standard output is for JSON, its lines go to standard error. */
export async function startRun(request: RunRequest, { json }: { readonly json: boolean }): Promise<Run> {
  const { lostRunError, runPipeline } = await import('@cairnml/engine')
  findLostRun(lostRunError)
  const options = json ? { ...request.options, log: printToStandardError } : request.options
  return runPipeline({ ...request, options })
}

function printToStandardError(line: string): void {
  process.stderr.write(`${line}\n`)
}
