import type { CodeProvenance, OperationOptions, Provenance } from '@cairnml/core'
import { describe, expect, it } from 'vitest'

import { provenanceConformance } from '../provenance/provenance-conformance.ts'
import { failingTests } from './failing-tests.ts'

const GOOD: CodeProvenance = { type: 'mine', commit: 'c0ffee', dirty: true, changed: { count: 1, files: ['a.ts'] } }

const finding = (collect: (options?: OperationOptions) => Promise<CodeProvenance>): Provenance => ({
  name: 'mine',
  type: 'mine',
  collect,
})
const giving = (fields: object): Provenance => finding(async () => ({ ...GOOD, ...fields }))

const FAULTS: Readonly<Record<string, readonly [Provenance, noticedBy: string]>> = {
  'names another component': [giving({ type: 'other' }), 'the state of the code > names the component that found it'],
  'gives what is no JSON': [giving({ commit: new Date(0) }), 'the state of the code > is JSON'],
  'is dirty without a file': [
    giving({ changed: undefined }),
    'the state of the code > names changed files if there are some, and not too many',
  ],
  'names every file': [
    giving({ changed: { count: 51, files: Array.from({ length: 51 }, String) } }),
    'the state of the code > names changed files if there are some, and not too many',
  ],
  'misses the commit in silence': [
    giving({ commit: undefined }),
    'the state of the code > says in clauses what is missing',
  ],
  'says what is missing in several lines': [
    giving({ missing: ['a\nb'] }),
    'the state of the code > says in clauses what is missing',
  ],
  'tells a password': [
    giving({ remote: 'https://a:b@example.org' }),
    'the state of the code > has no user and no query in the address',
  ],
  'fails otherwise when it is aborted': [
    finding(async (options) => {
      if (options?.signal?.aborted === true) throw new Error('odd')
      return GOOD
    }),
    'the state of the code > ends when its signal is aborted',
  ],
}

describe('the suite of a provenance', () => {
  it.each(Object.entries(FAULTS))('notices one that %s', async (_fault, [component, noticedBy]) => {
    const failing = await failingTests((runner) =>
      provenanceConformance(runner, { name: 'faulty', create: () => component }),
    )
    expect(failing).toContain(noticedBy)
  })

  it('passes one that ends with the reason of its signal', async () => {
    const good = finding(async (options) => {
      options?.signal?.throwIfAborted()
      return GOOD
    })
    expect(await failingTests((runner) => provenanceConformance(runner, { name: 'good', create: () => good }))).toEqual(
      [],
    )
  })
})
