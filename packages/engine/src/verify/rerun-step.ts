import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'

import { REPORT_FD, type RerunReport, type RerunRequest } from './rerun-request.ts'

/** Executes a step from its bundle in a process of its own, and says how that ended. */
export async function rerunStep(request: RerunRequest, signal: AbortSignal): Promise<RerunReport> {
  // Its source where this file runs from sources, its bundle where this one does.
  const script = fileURLToPath(import.meta.resolve('@cairnml/engine/rerun-process'))
  const child = spawn(process.execPath, [...process.execArgv, script], {
    cwd: request.projectDir,
    stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
    signal,
  })
  const ended = new Promise<string>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, by) => resolve(by ?? `exit code ${code}`))
  })
  child.stdin?.on('error', () => undefined).end(JSON.stringify(request))
  // Sound: the descriptor is a pipe, as asked for above.
  const [how, reported] = await Promise.all([ended, text(child.stdio[REPORT_FD] as Readable)])
  // Sound: what is written there is a report, whole or not at all.
  if (reported !== '') return JSON.parse(reported) as RerunReport
  return { status: 'failed', problem: `its process ended early (${how})` }
}
