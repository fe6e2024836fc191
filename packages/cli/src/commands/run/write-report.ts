import nodePath from 'node:path'

import { createClient, type ClientOptions } from '@cairnml/client'
import { cairnError } from '@cairnml/core'
import { writeWhole } from '@cairnml/core/files'

import type { RunFlags } from './run-flags.ts'

/**
 * Writes everything that is recorded of a run that has ended to the file of `--report`, whole or not at all.
 *
 * @throws CAIRN_REPORT_FAILED
 */
export async function writeReport(
  run: string,
  { report: path }: RunFlags,
  recordedIn: Pick<ClientOptions, 'stack' | 'fallbackDirs'>,
): Promise<void> {
  if (path === undefined) return
  try {
    await using client = await createClient(recordedIn)
    const report = await (await client.run(run)).report()
    await writeWhole(nodePath.resolve(path), `${JSON.stringify(report)}\n`)
  } catch (error) {
    const problem = error instanceof Error ? error.message.replace(/\.$/, '') : String(error)
    throw cairnError('CAIRN_REPORT_FAILED', { file: path, run, problem }, { cause: error })
  }
}
