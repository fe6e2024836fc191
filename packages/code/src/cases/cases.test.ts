import { describe, expect, it } from 'vitest'

import type { StepClosure } from '../closure/step-closure.ts'
import { ALL_CASES } from './all-cases.ts'
import { CaseProject } from './case-project.fixture.ts'

/** What of a closure goes into the key. */
function identity({ digest, packages, captured }: StepClosure): string {
  return JSON.stringify([digest, packages.map(({ name, version }) => `${name}@${version}`), captured])
}

describe.each(Object.entries(ALL_CASES))('cases of %s', (_, cases) => {
  it.each(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    using project = new CaseProject(one)
    const before = project.closure()
    const wasRefused = before.reasons.length > 0
    expect(before.captured).toEqual(one.captures ?? [])
    project.write(one.edit)
    const after = project.closure()
    const reasons = [...before.reasons, ...after.reasons].map(({ reason, at }) => `${reason} (${at ?? 'nowhere'})`)
    if (one.want === 'nocache') {
      expect(reasons.join('\n')).toContain(one.reason ?? '')
      expect(wasRefused || after.reasons.length > 0).toBe(true)
      return
    }
    expect(reasons).toEqual([])
    if (one.want === 'same') expect(identity(after)).toBe(identity(before))
    else expect(identity(after)).not.toBe(identity(before))
  })
})
