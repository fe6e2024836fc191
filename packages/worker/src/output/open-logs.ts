import type { ArtifactStore, LogRef, StepInvocation } from '@cairnml/core'

import { LogWriter } from './log-writer.ts'

/** The id of the run that each open log belongs to. */
const open = new Map<LogWriter, string>()

/** Begins the log of an attempt. */
export function openLog(store: ArtifactStore, invocation: StepInvocation): LogWriter {
  const log = new LogWriter(store, invocation)
  open.set(log, invocation.run.id)
  return log
}

/** Stores what is left of a log. @returns where it lies, or `undefined` where there is none */
export async function closeLog(log: LogWriter): Promise<LogRef | undefined> {
  const closed = await log.close()
  open.delete(log)
  return closed
}

/** Closes the logs of steps that go on although their run has ended: they did not listen to their signal. */
export async function closeLogs(run: string): Promise<void> {
  const left = [...open].flatMap(([log, of]) => (of === run ? [log] : []))
  await Promise.all(left.map(closeLog))
}
