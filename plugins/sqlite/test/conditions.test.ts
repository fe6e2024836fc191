import { COMPARISONS, MemoryMetadataStore, type RecordCondition, type RunRecord } from '@cairnml/core'
import { artifactRef, stepRunRecord } from '@cairnml/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'

import { insert, run } from './records.ts'
import { scratchFolder } from './scratch-folder.ts'
import { metadataIn } from './stores.ts'

const number = fc.oneof(fc.constantFrom(0, 1, -1, 0.1, 1e300), fc.double({ noNaN: true }))
const text = fc.constantFrom('', 'a', 'ab', 'b', 'true', '1', 'ä', 'failed', '\u{10ffff}', '\u{10ffff}a')
const value = fc.oneof(number, text)
const fields = fc.constantFrom(
  'tag',
  'durationMs',
  'params.a',
  'params.b.c',
  'metrics.m',
  'status',
  'startedAt',
  'version',
)
const comparison = fc.record({ field: fields, is: fc.constantFrom(...COMPARISONS), value })
const { condition } = fc.letrec<{ condition: RecordCondition<'run'> }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small' },
    comparison,
    fc.record({ all: fc.array(tie('condition'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('condition'), { maxLength: 3 }) }),
  ),
}))
const facts: fc.Arbitrary<Partial<RunRecord>> = fc.record({
  status: fc.constantFrom('completed', 'failed'),
  startedAt: fc.constantFrom(0, 1, 2),
  endedAt: fc.constantFrom(undefined, 1, 3),
  tags: fc.array(text, { maxLength: 2 }),
  params: fc.oneof(fc.constant({}), fc.record({ a: fc.oneof(value, fc.boolean()), b: fc.record({ c: value }) })),
  metrics: fc.array(fc.record({ name: fc.constant('m'), value: number }), { maxLength: 1 }),
})

it('a condition holds for the runs for which it holds in memory', async () => {
  using folder = scratchFolder()
  await using store = metadataIn(folder.path)
  const memory = new MemoryMetadataStore()
  const runs = fc.sample(facts, { numRuns: 60, seed: 7 }).map((each, at) => insert('run', run(`r${at}`, each)))
  await Promise.all([store.write(runs), memory.write(runs)])
  const direction = fc.constantFrom('asc' as const, 'desc' as const)
  const ordered = fc.option(
    fc.record({ field: fc.constantFrom('metrics.m', 'params.a', 'startedAt', 'durationMs'), direction }),
    { nil: undefined },
  )
  await fc.assert(
    fc.asyncProperty(condition, ordered, async (match, orderBy) => {
      const query = { match, orderBy: orderBy as { field: 'startedAt'; direction: 'asc' } | undefined }
      const [found, expected] = await Promise.all([store.query('run', query), memory.query('run', query)])
      expect(found.items.map(({ id }) => id)).toEqual(expected.items.map(({ id }) => id))
    }),
    { numRuns: 300 },
  )
})

it('step runs are found by the start of a digest as in memory', async () => {
  using folder = scratchFolder()
  await using store = metadataIn(folder.path)
  const memory = new MemoryMetadataStore()
  const steps = ['first', 'second'].map((content) =>
    insert('stepRun', stepRunRecord({ run: content, outputs: { model: artifactRef(content) } })),
  )
  steps.push(insert('stepRun', stepRunRecord({ run: 'none' })))
  await Promise.all([store.write(steps), memory.write(steps)])
  const { digest } = artifactRef('first')
  for (const value of ['', digest.slice(0, 1), digest.slice(0, 7), digest, 'x', '\u{10ffff}']) {
    const match = { field: 'artifact', is: '^=', value } as const
    const [found, expected] = await Promise.all([store.query('stepRun', { match }), memory.query('stepRun', { match })])
    expect(found.items, value).toEqual(expected.items)
  }
})
