import { CollectingRunner } from '../suite/collecting-runner.ts'
import type { TestRunner } from '../suite/test-runner.ts'

/** Names of the tests of a suite that fail, without the names of their groups. */
export async function failingTests(register: (runner: TestRunner) => void): Promise<readonly string[]> {
  const runner = new CollectingRunner({ timeoutMs: 2_000 })
  register(runner)
  const outcomes = await runner.run()
  return outcomes.flatMap(({ name, error }) => (error === undefined ? [] : [name.split(' > ').at(-1) ?? name]))
}
