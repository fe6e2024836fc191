import { describe, expect, it } from 'vitest'

import { suiteText } from './suite-text.ts'
import { sectionReports } from './suite-report.ts'

const REPORTS = sectionReports([
  { name: 'S conforms > keys > are taken' },
  { name: 'S conforms > keys > are refused', error: new Error('expected a\nactual b') },
  { name: 'S conforms > lists > a > b' },
  { name: 'S conforms > lists > are ordered (left out: the service has no order)' },
  { name: 'S conforms > lists > end (left out: slow)', error: new Error('it need not be left out') },
  { name: 'S conforms > leaves out only tests that exist', error: new Error('unknown') },
])

describe('the report of a suite', () => {
  it('has a section for each group, in their order', () => {
    expect(REPORTS.map(({ title, passed }) => [title, passed])).toEqual([
      ['keys', 1],
      ['lists', 1],
      ['this check', 0],
    ])
  })

  it('gives the first line of what a test failed with, and the reason why one was left out', () => {
    expect(REPORTS[0]?.failed).toEqual([{ test: 'are refused', problem: 'expected a' }])
    expect(REPORTS[1]?.leftOut).toEqual([{ test: 'are ordered', reason: 'the service has no order' }])
    expect(REPORTS[1]?.failed).toEqual([{ test: 'end (left out: slow)', problem: 'it need not be left out' }])
  })

  it('says in its last line whether the component conforms', () => {
    const component = { plugin: 'p', port: 'artifactStore', type: 't' } as const
    const skipped = [{ title: 'opened again', reason: '--durable was not given' }]
    const text = suiteText(component, { sections: REPORTS, skipped })
    expect(text).toContain('  skipped  opened again: --durable was not given\n')
    expect(text).toMatch(/It does not conform: 3 of 5 tests failed\.\n$/)
    expect(suiteText(component, { sections: [], skipped: [] })).toMatch(/It conforms: 0 tests passed\.\n$/)
  })
})
