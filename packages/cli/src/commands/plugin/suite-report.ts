import { errorRecord } from '@cairnml/core'
import type { TestOutcome } from '@cairnml/testing'

/** How the tests of one section ended. */
export interface SectionReport {
  readonly title: string
  readonly passed: number
  readonly failed: readonly { readonly test: string; readonly problem: string }[]
  readonly leftOut: readonly { readonly test: string; readonly reason: string }[]
}

/** A section that was not run, and why. */
export interface SkippedSection {
  readonly title: string
  readonly reason: string
}

const LEFT_OUT = /^(.*) \(left out: (.*)\)$/

/** The outcomes of a suite by its sections, in their order. */
export function sectionReports(outcomes: readonly TestOutcome[]): readonly SectionReport[] {
  const sections = Map.groupBy(outcomes, ({ name }) => partsOf(name).section)
  return [...sections].map(([title, tests]) => {
    const passed = tests.filter(({ name, error }) => error === undefined && !LEFT_OUT.test(name))
    return {
      title,
      passed: passed.length,
      failed: tests.flatMap(({ name, error }) =>
        error === undefined ? [] : [{ test: partsOf(name).test, problem: problemOf(error) }],
      ),
      leftOut: tests.flatMap(({ name, error }) => {
        const [, test = '', reason = ''] = (error === undefined ? LEFT_OUT.exec(partsOf(name).test) : undefined) ?? []
        return test === '' ? [] : [{ test, reason }]
      }),
    }
  })
}

/** `MyStore conforms > keys > refuses ...`; what belongs to no section is about the call itself. */
function partsOf(name: string): { readonly section: string; readonly test: string } {
  const [, section = '', ...test] = name.split(' > ')
  return test.length === 0 ? { section: 'this check', test: section } : { section, test: test.join(' > ') }
}

/** The first line: a comparison of two values goes on for pages. */
function problemOf(error: unknown): string {
  const { code, message } = errorRecord(error)
  const [first = ''] = message.split('\n')
  return code.startsWith('CAIRN_') && code !== 'CAIRN_STEP_FAILED' ? `${code}: ${first}` : first
}
