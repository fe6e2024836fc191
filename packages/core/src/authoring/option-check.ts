/** What an option has to be where a value is none, as the end of a sentence; `undefined` for a value that will do. */
export type OptionCheck = (value: unknown) => string | undefined

/** Whether a value is an object with names. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A check by one test. */
export function expectThat(test: (value: unknown) => boolean, expected: string): OptionCheck {
  return (value) => (test(value) ? undefined : expected)
}

/** A check of a list by a test of its items. */
export function expectList(test: (item: string) => boolean, expected: string): OptionCheck {
  return expectThat(
    (value) => Array.isArray(value) && value.every((item) => typeof item === 'string' && test(item)),
    expected,
  )
}
