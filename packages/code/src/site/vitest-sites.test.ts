import { join } from 'node:path'

import { expect, it } from 'vitest'

import { identifyWith } from '../closure/temporary-project.fixture.ts'
import { isWholeCode, loadLexer } from '../modules/lexer.ts'
import { findDefinition } from './find-definition.ts'
import { imported, step } from './recorded-step.fixture.ts'

interface GoneWhenVitestRunsIt {
  readonly linesMove: true
}

const here = step({ name: 'here' }).implement((types: GoneWhenVitestRunsIt) => types)

it('finds steps at the top level of a test file that vitest runs, and refuses those inside of a test', async () => {
  const lexer = await loadLexer()
  const isWhole = (code: string): boolean => isWholeCode(lexer, code)
  const inside = step({ name: 'inside' }).implement(() => 1)
  expect(findDefinition(here.site, isWhole)).toMatchObject({ call: { callee: 'step' } })
  expect(findDefinition(inside.site, isWhole)).toMatchObject({ reason: expect.stringContaining('top level') })
})

it('knows steps of a module that a test file imports', async () => {
  const code = await identifyWith(join(import.meta.dirname, '..'), imported)
  expect(code).toMatchObject({ known: true, parts: [{ label: 'site/recorded-step.fixture.ts' }] })
})
