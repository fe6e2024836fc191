import type { InstalledComponent } from '@cairnml/core/stack-files'

import type { CheckedSuite } from './check-component.ts'
import type { SectionReport } from './suite-report.ts'

/** What a suite found, a line for each section and each test that did not pass. */
export function suiteText(
  { plugin, port, type }: Pick<InstalledComponent, 'plugin' | 'port' | 'type'>,
  { sections, skipped }: CheckedSuite,
): string {
  const total = sections.reduce((sum, { passed }) => sum + passed, 0)
  const failed = sections.reduce((sum, section) => sum + section.failed.length, 0)
  return [
    `${port} ${type} of ${plugin}\n`,
    ...sections.map(sectionText),
    ...skipped.map(({ title, reason }) => `  skipped  ${title}: ${reason}\n`),
    failed === 0
      ? `It conforms: ${total} tests passed.\n`
      : `It does not conform: ${failed} of ${total + failed} tests failed.\n`,
  ].join('')
}

function sectionText({ title, passed, failed, leftOut }: SectionReport): string {
  const state = failed.length === 0 ? 'passed ' : 'failed '
  return [
    `  ${state}  ${title} (${passed} of ${passed + failed.length})\n`,
    ...failed.map(({ test, problem }) => `           ${test}: ${problem}\n`),
    ...leftOut.map(({ test, reason }) => `           left out: ${test}: ${reason}\n`),
  ].join('')
}
