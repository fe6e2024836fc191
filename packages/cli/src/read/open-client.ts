import { readFile } from 'node:fs/promises'

import { createClient, type Client } from '@cairnml/client'
import { cairnError } from '@cairnml/core'

import type { CommandEnvironment } from '../command.ts'

/**
 * Opens what a command reads: the project around the current folder, or a report.
 *
 * @throws CAIRN_REPORT_INVALID
 */
export async function openClient({ fallbackDirs }: CommandEnvironment, from: string | undefined): Promise<Client> {
  if (from === undefined) return createClient({ fallbackDirs })
  try {
    return await createClient({ report: { text: await readFile(from, 'utf8'), name: from } })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code.startsWith('CAIRN_')) throw error
    const problem = code === 'ENOENT' ? 'it is not there' : `it cannot be opened (${code})`
    throw cairnError('CAIRN_REPORT_INVALID', { file: from, problem }, { cause: error })
  }
}
