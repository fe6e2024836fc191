import { createInterface } from 'node:readline/promises'

import { cairnError } from '@cairnml/core'

/** Where a person can be asked. */
export interface Terminal {
  readonly isInteractive: boolean
  /** Asks and gives the line that was typed; nothing at the end of the input. */
  ask(question: string): Promise<string>
}

/** How a question is treated. */
export interface ConfirmOptions {
  /** It is answered already. */
  readonly yes: boolean
  /** The output is for programs, so nobody is asked. */
  readonly json: boolean
}

/** A terminal of two streams, such as standard input and standard error. */
export function streamTerminal(
  input: NodeJS.ReadableStream & { readonly isTTY?: boolean },
  output: NodeJS.WritableStream & { readonly isTTY?: boolean },
): Terminal {
  return {
    get isInteractive() {
      return input.isTTY === true && output.isTTY === true
    },
    async ask(question) {
      using lines = createInterface({ input, output })
      const { promise: ended, resolve } = Promise.withResolvers<undefined>()
      lines.once('close', () => resolve(undefined))
      const answer = await Promise.race([lines.question(question), ended])
      if (answer === undefined) output.write('\n')
      return answer ?? ''
    },
  }
}

/**
 * Asks whether to do something that cannot be undone. Nothing but `y` or `yes` is a yes.
 *
 * @throws CAIRN_CONFIRMATION_MISSING where there is nobody to ask
 */
export async function confirm(
  question: string,
  { yes, json }: ConfirmOptions,
  // Standard error, so that the question is seen beside a pipe.
  terminal: Terminal = streamTerminal(process.stdin, process.stderr),
): Promise<boolean> {
  if (yes) return true
  if (json || !terminal.isInteractive) throw cairnError('CAIRN_CONFIRMATION_MISSING', { question })
  const answer = await terminal.ask(`${question} [y/N] `)
  return /^\s*y(?:es)?\s*$/i.test(answer)
}
