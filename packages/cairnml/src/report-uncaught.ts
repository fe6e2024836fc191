import nodePath from 'node:path'
import { fileURLToPath } from 'node:url'

import { cairnError, describeError, errorStacks, isCairnError } from '@cairnml/core'

/** A text that Node cannot parse. The stack begins with its place. */
const NODES_REFUSAL = 'ERR_INVALID_TYPESCRIPT_SYNTAX'
const PLACE = /^(file:\/\/\S+|\/\S+|[A-Za-z]:\\\S+):(\d+)$/m

/**
 * Prints a Cairn error that nobody catches, and TypeScript that Node cannot parse, as help and ends with its exit code,
 * where Node would print a crash. Programs that handle uncaught exceptions themselves keep doing so; `CAIRN_DEBUG=1`
 * shows stacks.
 */
export function reportUncaught(): void {
  process.on('uncaughtExceptionMonitor', (thrown: unknown) => {
    const error = hasCode(thrown, NODES_REFUSAL) ? unparsable(thrown) : thrown
    if (!isCairnError(error) || process.listenerCount('uncaughtException') > 0) return
    const stacks = process.env['CAIRN_DEBUG'] ? `${errorStacks(error)}\n` : ''
    process.stderr.write(`${describeError(error)}\n${stacks}`)
    process.exit(error.exitCode)
  })
}

function hasCode(error: unknown, code: string): error is Error {
  return error instanceof Error && 'code' in error && error.code === code
}

function unparsable(thrown: Error): Error {
  const [, url = '', line = ''] = PLACE.exec(String(thrown.stack)) ?? []
  const file = nodePath.relative('', url.startsWith('file:') ? fileURLToPath(url) : url)
  const problem = `SyntaxError: ${thrown.message.replace(/\.$/, '')} (${file}:${line})`
  return cairnError('CAIRN_FILE_FAILED', { file, problem }, { cause: thrown })
}
