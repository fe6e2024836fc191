import { describeError, errorRecord, errorStacks, isCairnError, placeOfError } from '@cairnml/core'

import { plainLines } from './plain-text.ts'
import { standardOutput } from './standard-output.ts'

/** How an error is printed. */
export interface ErrorOutput {
  /** Also as JSON on standard output. */
  readonly json: boolean
  /** With stacks, as `CAIRN_DEBUG=1` does, too. */
  readonly debug: boolean
}

/** Prints an error as help on standard error; what it quotes cannot move the cursor or change colours. */
export function printError(error: unknown, { json, debug }: ErrorOutput): void {
  if (json) printErrorJson(error)
  const { code, message } = errorRecord(error)
  const text = isCairnError(error) ? describeError(error) : `${named(code, message)}${placeOf(error)}`
  process.stderr.write(`${plainLines(text)}\n${json || !hasPage(error) ? '' : `More: cairn help ${code}\n`}`)
  if (debug || process.env['CAIRN_DEBUG']) process.stderr.write(`${plainLines(errorStacks(error))}\n`)
}

/** Prints an error as JSON on standard output. */
export function printErrorJson(error: unknown): void {
  const { code, message, hint } = errorRecord(error)
  standardOutput().write(`${JSON.stringify({ format: 'cairn.error/1', error: { code, message, hint } })}\n`)
}

/** Errors of the system begin with their code. */
function named(code: string, message: string): string {
  return message.startsWith(`${code}: `) ? message : `${code}: ${message}`
}

/** The hint of a wrong call names the help of the command, which says more than the page. */
function hasPage(error: unknown): boolean {
  return isCairnError(error) && error.code !== 'CAIRN_COMMAND_USAGE'
}

/** An error of the project's own code is of little use without its line. */
function placeOf(error: unknown): string {
  const place = error instanceof Error ? placeOfError(error) : undefined
  return place === undefined ? '' : ` (${place})`
}
