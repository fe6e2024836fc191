/** One way to complete a word. */
export interface Completion {
  /** The whole word. */
  readonly value: string
  /** What it is, in a few words. */
  readonly text?: string | undefined
  /** Whether more of the word follows: a folder, a name before its value. */
  readonly isPart?: boolean | undefined
}

// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/

/** Whether a shell can show and take a completion: one line, nothing that moves a cursor. */
export function isPrintable({ value }: Completion): boolean {
  return value !== '' && !CONTROL.test(value)
}
