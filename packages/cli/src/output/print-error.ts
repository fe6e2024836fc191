import { describeError, errorRecord, isCairnError } from '@cairnml/core'

/** Prints an error as help on standard error; with `--json` also as JSON on standard output. */
export function printError(error: unknown, argv: readonly string[]): void {
  const { code, message, hint } = errorRecord(error)
  if (argv.includes('--json')) {
    process.stdout.write(`${JSON.stringify({ format: 'cairn.error/1', error: { code, message, hint } })}\n`)
  }
  const text = isCairnError(error) ? describeError(error) : `${code}: ${message}`
  process.stderr.write(`${text}\n`)
  const wantsStack = argv.includes('--debug') || Boolean(process.env['CAIRN_DEBUG'])
  if (wantsStack) process.stderr.write(`${stacks(error)}\n`)
}

/** The stack of an error and of its causes. */
function stacks(error: unknown): string {
  if (!(error instanceof Error)) return ''
  const own = error.stack ?? String(error)
  return error.cause instanceof Error ? `${own}\nCaused by: ${stacks(error.cause)}` : own
}
