import { CollectingRunner } from '../suite/collecting-runner.ts'
import type { TestRunner } from '../suite/test-runner.ts'

/** Sections and names of the tests of a suite that fail: `contract > removes an object`. */
export async function failingTests(
  register: (runner: TestRunner) => void,
  timeoutMs = 2_000,
): Promise<readonly string[]> {
  const runner = new CollectingRunner({ timeoutMs })
  register(runner)
  const outcomes = await runner.run()
  return outcomes.flatMap(({ name, error }) => (error === undefined ? [] : [name.split(' > ').slice(1).join(' > ')]))
}
