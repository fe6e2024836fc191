import type { StoredRun } from '@cairnml/client'

import { printJson } from '../../output/print.ts'
import { formatDuration } from '../../output/quantities.ts'
import type { AskedLog } from './command.ts'
import { printLine } from './print-line.ts'

const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const

/**
 * Prints the lines of a run as they come, and at its end how it ended.
 *
 * @returns 0 where the run ended, however it did; 130 or 143 where a signal ended the following
 */
export async function followRun(
  { run, step, attempt, stream, style }: AskedLog,
  find: (name: string) => Promise<StoredRun>,
): Promise<number> {
  const aborted = new AbortController()
  let code = 0
  using stack = new DisposableStack()
  for (const [signal, exitCode] of Object.entries(SIGNALS)) {
    const end = (): void => {
      code = exitCode
      aborted.abort()
    }
    process.once(signal, end)
    stack.defer(() => process.off(signal, end))
  }
  let labelWidth = 0
  try {
    for await (const line of run.follow({ step, attempt, signal: aborted.signal })) {
      if (stream !== undefined && line.stream !== stream) continue
      // Which steps there will be is not known: the column grows.
      if (step === undefined) labelWidth = Math.max(labelWidth, line.label.length)
      printLine(line, { ...style, labelWidth })
    }
  } catch (error) {
    if (!aborted.signal.aborted) throw error
    return code
  }
  const ended = await find(run.name)
  const { name, status } = ended
  const error = await errorOf(ended)
  if (style.json) printJson('cairn.log-end/1', { run: name, status, error })
  process.stderr.write(endText(ended, error))
  return 0
}

interface RunError {
  /** The step that failed first, where one did. */
  readonly step?: string
  readonly code: string
  readonly message: string
}

/** What a run failed with: what is recorded of it, else of its first step that failed. */
async function errorOf(run: StoredRun): Promise<RunError | undefined> {
  if (run.error !== undefined) return { code: run.error.code, message: run.error.message }
  if (run.status !== 'failed') return undefined
  const failed = (await run.steps()).filter((step) => step.error !== undefined && step.endedAt !== undefined)
  const [first] = failed.toSorted((a, b) => (a.endedAt ?? 0) - (b.endedAt ?? 0))
  if (first?.error === undefined) return undefined
  return { step: first.id, code: first.error.code, message: first.error.message }
}

function endText({ name, status, startedAt, endedAt }: StoredRun, error: RunError | undefined): string {
  const took = endedAt === undefined ? '' : ` after ${formatDuration(endedAt - startedAt)}`
  const step = error?.step === undefined ? '' : `step ${error.step}: `
  const problem = error === undefined ? '' : `: ${step}${error.code}: ${error.message.split('\n', 1)[0] ?? ''}`
  return `Run ${name} ended: ${status}${took}${problem}\n`
}
