import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'

import type { ConformanceOptions, TestRunner } from './test-runner.ts'

const LEFT_OUT_MS = 2_000

/** What a test works on. */
export interface Subject<T, O> {
  readonly component: T
  /** Another component over the same state where the options can make one, otherwise the same component. */
  readonly other: T
  /** Opens a fresh component over a state of its own, which is disposed with the others. */
  readonly another: () => Promise<T>
  readonly options: O
}

/** A group of tests. */
export interface Section<T, O> {
  readonly title: string
  /** Whether it applies. @default always */
  readonly when?: ((options: O) => boolean) | undefined
  readonly tests: { readonly [name: string]: (subject: Subject<T, O>) => Promise<void> }
}

/** Registers the sections that apply with the runner. */
export function registerSuite<T extends object, O extends ConformanceOptions<T>>(
  runner: TestRunner,
  options: O,
  sections: readonly Section<T, O>[],
): void {
  const reasons = new Map((options.skip ?? []).flatMap(({ reason, tests }) => tests.map((test) => [test, reason])))
  const applicable = sections.filter((section) => section.when?.(options) ?? true)
  runner.describe(`${options.name} conforms`, () => {
    for (const section of applicable) {
      runner.describe(section.title, () => {
        for (const [name, body] of Object.entries(section.tests)) {
          const reason = reasons.get(name) ?? reasons.get(section.title)
          if (reason === undefined) runner.it(name, () => withSubject(options, body))
          else runner.it(`${name} (left out: ${reason})`, () => assertFails(name, () => withSubject(options, body)))
        }
      })
    }
    const known = new Set(applicable.flatMap(({ title, tests }) => [title, ...Object.keys(tests)]))
    const unknown = [...reasons.keys()].filter((name) => !known.has(name))
    if (reasons.size > 0) runner.it('leaves out only tests that exist', async () => assert.deepEqual(unknown, []))
  })
}

/** A test that is left out for a reason has that reason still: it fails, or comes to no end. */
async function assertFails(name: string, run: () => Promise<void>): Promise<void> {
  const outcome = await Promise.race([
    run().then(
      () => 'passed' as const,
      () => 'failed' as const,
    ),
    setTimeout(LEFT_OUT_MS, 'late' as const, { ref: false }),
  ])
  assert.notEqual(outcome, 'passed', `"${name}" passes, so it need not be left out`)
}

async function withSubject<T extends object, O extends ConformanceOptions<T>>(
  options: O,
  body: (subject: Subject<T, O>) => Promise<void>,
): Promise<void> {
  await using opened = new AsyncDisposableStack()
  const another = (): Promise<T> => openFor(opened, () => options.create())
  const component = await another()
  const { reopen } = options
  const other = reopen === undefined ? component : await openFor(opened, () => reopen(component))
  await body({ component, other, another, options })
}

/** Opens a component that is disposed with the stack, if it can be. */
async function openFor<T extends object>(opened: AsyncDisposableStack, open: () => T | Promise<T>): Promise<T> {
  const component = await open()
  // Sound: only the presence of the method is assumed, and it is checked.
  opened.defer(async () => (component as Partial<AsyncDisposable>)[Symbol.asyncDispose]?.())
  return component
}
