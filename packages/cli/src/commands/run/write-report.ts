import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import nodePath from 'node:path'

import { createClient, type ClientOptions } from '@cairnml/client'
import { cairnError } from '@cairnml/core'

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
  const target = nodePath.resolve(path)
  const beside = `${target}.${randomUUID()}.tmp`
  try {
    await using client = await createClient(recordedIn)
    const report = await (await client.run(run)).report()
    await mkdir(nodePath.dirname(target), { recursive: true })
    await writeFile(beside, `${JSON.stringify(report)}\n`, { flag: 'wx' })
    await rename(beside, target)
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined)
    const problem = error instanceof Error ? error.message.replace(/\.$/, '') : String(error)
    throw cairnError('CAIRN_REPORT_FAILED', { file: path, run, problem }, { cause: error })
  }
}
