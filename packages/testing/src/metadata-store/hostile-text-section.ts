import assert from 'node:assert/strict'

import { toTaggedJson, type Json, type MetadataStore, type PipelineRecord } from '@cairnml/core'
import type { Arbitrary } from 'fast-check'

import { pipelineRecord, runRecord, stepRunRecord } from '../fixtures/records.ts'
import { deletes, idsOf, inserts } from './changes.ts'
import type { MetadataStoreSection } from './metadata-store-conformance.ts'

const RUNS = 100

const PIECES = [
  'a', 'A', 'b', '_', '%', '*', '?', '[', ']', '.', '/', '\\', "'", '"', '`', ';', '--', ' ', '\n', '\0', '\t', '$', '{', '}',
  'ä', 'Ä', 'a\u0308', 'ß', '\u{1f600}', '\uffff', '\u202e', 'NULL', "' OR 1=1 --", '__proto__', 'constructor', '1e3', '-0',
] // prettier-ignore

/** What looks alike and is not equal. */
const ALIKE = [
  '\u00e4',
  'a\u0308',
  '\u00c4',
  'A\u0308',
  'ss',
  '\u00df',
  '1',
  '1.0',
  '01',
  ' 1',
  'a',
  'a ',
  'A',
  'a\0',
  'a\0b',
  'a\u{10ffff}',
  '\u{10ffff}',
  '\u{10ffff}a',
]

/** Texts that are meant to lead a store astray. */
export const HOSTILE_TEXT_SECTION: MetadataStoreSection = {
  title: 'hostile texts',
  tests: {
    'come back as they were written, wherever they stand': async ({ component, other }) => {
      const { assert: check, asyncProperty } = await import('fast-check')
      await check(
        asyncProperty(await hostileText(), await hostileText(), await anyJson(), async (first, second, json) => {
          const run = runRecord({
            params: named(first, json),
            tags: [first, second],
            options: named(second, first),
            error: { code: first, message: second },
          })
          const step = stepRunRecord({ metrics: [{ name: first, value: 0.1 }], metadata: named(second, json) })
          await component.write([
            ...deletes('run', run.id),
            ...deletes('stepRun', step.id),
            ...inserts('run', run),
            ...inserts('stepRun', step),
          ])
          const tagged = { match: { field: 'tag', is: '=', value: second } } as const
          const found = await Promise.all([
            other.get('run', run.id),
            other.query('run').then(({ items }) => items),
            other.get('stepRun', step.id),
            idsOf(component, 'run', tagged),
          ])
          assert.deepStrictEqual(found, [run, [run], step, [run.id]])
        }),
        { numRuns: RUNS },
      )
    },

    'are compared character by character': async ({ component }) => {
      const { array, assert: check, asyncProperty } = await import('fast-check')
      await check(
        asyncProperty(array(await hostileText(), { minLength: 2, maxLength: 8 }), async (names) => {
          const records = names.map((name, at) => pipelineRecord({ id: `${at}`, name }))
          const before = Array.from(ALIKE, (_, at) => `${at}`)
          await component.write([...deletes('pipeline', ...before), ...inserts('pipeline', ...records)])
          const asked = [...names, ...names.map(([first = '']) => first)]
          await Promise.all(asked.map((text) => assertCompared(component, records, text)))
        }),
        { numRuns: RUNS, examples: [[ALIKE]] },
      )
    },
  },
}

async function assertCompared(store: MetadataStore, records: readonly PipelineRecord[], asked: string): Promise<void> {
  const having = (holds: (name: string) => boolean): readonly string[] =>
    records.filter(({ name }) => holds(name)).map(({ id }) => id)
  const equal = await idsOf(store, 'pipeline', { where: { name: asked } })
  assert.deepEqual(
    equal,
    having((name) => name === asked),
    `equal to ${JSON.stringify(asked)}`,
  )
  const starting = await idsOf(store, 'pipeline', { where: { name: { prefix: asked } } })
  assert.deepEqual(
    starting,
    having((name) => name.startsWith(asked)),
    `from ${JSON.stringify(asked)}`,
  )
}

/** Unlike an object literal it makes a property of `__proto__` as of any other name. */
function named(name: string, value: Json): { readonly [name: string]: Json } {
  return Object.fromEntries([[name, value]])
}

async function hostileText(): Promise<Arbitrary<string>> {
  const { array, constantFrom, oneof, string } = await import('fast-check')
  const pieces = array(constantFrom(...PIECES), { maxLength: 6 }).map((all) => all.join(''))
  return oneof(pieces, string({ unit: 'binary', maxLength: 12 }))
}

async function anyJson(): Promise<Arbitrary<Json>> {
  const { jsonValue } = await import('fast-check')
  return jsonValue({ maxDepth: 2 }).map((value) => toTaggedJson(value))
}
