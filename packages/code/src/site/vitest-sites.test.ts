import { readFileSync } from 'node:fs'

import { expect, it } from 'vitest'

import { createCodeIdentity } from '../identity/step-code-identity.ts'
import { findCall } from './find-call.ts'
import { imported, step } from './recorded-step.fixture.ts'

interface GoneWhenVitestRunsIt {
  readonly linesMove: true
}

const here = step({ name: 'here' }).implement((types: GoneWhenVitestRunsIt) => types)

it('finds the calls in a test file that vitest runs, also inside of a test', () => {
  const inside = step({ name: 'inside' }).implement(() => 1)
  const text = readFileSync(import.meta.filename, 'utf8')
  for (const { name, site } of [here, inside]) {
    const call = findCall(site)
    expect('reason' in call ? call.reason : text.slice(call.offset)).toMatch(`step({ name: '${name}' })`)
  }
})

it('knows steps of a module that a test file imports', async () => {
  const identity = createCodeIdentity({ projectDir: import.meta.dirname, startedAtMs: Infinity })
  const code = await identity.identify(imported)
  expect(code).toMatchObject({ known: true, parts: [{ label: 'recorded-step.fixture.ts:imported' }] })
})
