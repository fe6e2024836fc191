import { readFile } from 'node:fs/promises'

import { createClient, type Client } from '@cairnml/client'
import { cairnError } from '@cairnml/core'

import type { CommandEnvironment } from '../command.ts'
import { usageError } from '../flags/parse-flags.ts'

/** What a command is told to read. */
export interface ReadFrom {
  /** A report. */
  readonly from?: string | undefined
  /** A stack of the project, by name or file. */
  readonly stack?: string | undefined
}

/**
 * Opens what a command reads: the project around the current folder, or a report.
 *
 * @throws CAIRN_REPORT_INVALID, CAIRN_COMMAND_USAGE, and what opening a stack throws
 */
export async function openClient({ fallbackDirs }: CommandEnvironment, { from, stack }: ReadFrom): Promise<Client> {
  if (from === undefined) return createClient({ fallbackDirs, stack })
  if (stack !== undefined) throw usageError('--from and --stack contradict one another: a report is of no stack.')
  try {
    return await createClient({ report: { text: await readFile(from, 'utf8'), name: from } })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code.startsWith('CAIRN_')) throw error
    const problem = code === 'ENOENT' ? 'it is not there' : `it cannot be opened (${code})`
    throw cairnError('CAIRN_REPORT_INVALID', { file: from, problem }, { cause: error })
  }
}
