import { CollectingRunner } from '../suite/collecting-runner.ts'
import type { TestRunner } from '../suite/test-runner.ts'

/** Which tests are run, and for how long. */
export interface FailingTestsOptions {
  /** A test that takes longer has failed. @default 2 000 */
  readonly timeoutMs?: number | undefined
  /** Section and name of the only test that is run. @default all */
  readonly only?: string | undefined
}

/** Sections and names of the tests of a suite that fail: `contract > removes an object`. */
export async function failingTests(
  register: (runner: TestRunner) => void,
  { timeoutMs = 2_000, only }: FailingTestsOptions = {},
): Promise<readonly string[]> {
  const runner = new CollectingRunner({ timeoutMs })
  register(only === undefined ? runner : selecting(runner, only))
  const outcomes = await runner.run()
  return outcomes.flatMap(({ name, error }) => (error === undefined ? [] : [name.split(' > ').slice(1).join(' > ')]))
}

/** Registers one test, and leaves out the others. */
function selecting(runner: TestRunner, only: string): TestRunner {
  let path: readonly string[] = []
  return {
    describe: (name, body) => {
      path = [...path, name]
      runner.describe(name, body)
      path = path.slice(0, -1)
    },
    it: (name, body) => {
      if ([...path.slice(1), name].join(' > ') === only) runner.it(name, body)
    },
  }
}
