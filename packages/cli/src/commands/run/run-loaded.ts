import type { EventEmitter } from 'node:events'

import { setRunner } from '@cairnml/core'

import { choosePipeline, exportsPipeline } from './choose-pipeline.ts'
import { loadFile } from './load-file.ts'
import type { RunCall } from './run-call.ts'
import type { RunSession } from './run-session.ts'

/**
 * Loads the file; the run is the one that it makes, or else that of its exported pipeline.
 *
 * @returns what the work of the command gives
 */
export function runLoaded<T>(session: RunSession<T>, call: RunCall): Promise<T> {
  setRunner(session)
  process.on('unhandledRejection', (reason: unknown) => (isPrinted(session, reason) ? undefined : throwOn(reason)))
  return Promise.race([load(session, call), session.ended])
}

async function load<T>(session: RunSession<T>, { file, pipeline }: RunCall): Promise<T> {
  const exports = await loadFile(file)
  // A main function that nobody awaits may still be on its way to run(): a file that exports nothing has to have one.
  if (session.taken === undefined && !exportsPipeline(exports)) await session.takenOrIdle()
  if (session.taken !== undefined) return session.taken
  const { definitions } = session
  return session.start(choosePipeline({ file, name: pipeline, exports, definitions }), {}, {})
}

/** A file that nobody catches errors in passes the run's error on; the command prints it once. */
function isPrinted<T>({ outcome }: RunSession<T>, reason: unknown): boolean {
  return outcome !== undefined && 'error' in outcome && outcome.error === reason
}

function throwOn(reason: unknown): void {
  // Thrown from here it would be nobody's; as an event it still belongs to the step that made the promise.
  const events: EventEmitter = process
  const isHeard = events.emit('uncaughtException', reason, 'unhandledRejection')
  if (!isHeard) throw reason
}
