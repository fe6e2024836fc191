import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { refusalOf } from '@cairnml/core/explain'
import type { StepCode } from '@cairnml/core'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { ODD_STATEMENTS } from './odd-statements-data.fixture.ts'
import { createCodeIdentity } from './step-code-identity.ts'

let dir = ''

beforeAll(() => {
  dir = realpathSync(mkdtempSync(join(tmpdir(), 'cairn odd ')))
})

afterAll(() => rmSync(dir, { recursive: true, force: true }))

const CALL = `export const a = step({ name: 'a' }).implement(() => [typeof odd, value, run(1)])`
const around = fc.constantFrom(
  (text: string) => text,
  (text: string) => `{\n${text}\n}`,
  (text: string) => `export function around() {\n${text}\n}`,
  (text: string) => `export const around = async function* () {\n${text}\n}`,
  (text: string) => `class Around { static {\n${text}\n} run() {\n${text}\n} }`,
  (text: string) => `outer: for (const value of [1]) {\n${text}\n}`,
  (text: string) => `export default (value, { run = () => {\n${text}\n} } = {}) => value`,
)
const statements = fc
  .array(fc.constantFrom(...ODD_STATEMENTS), { minLength: 1, maxLength: 6 })
  .map((lines) => lines.join('\n'))
/** Odd statements, in odd places, whole or with a part of the text cut out. */
const code = fc
  .tuple(statements, around, fc.array(fc.tuple(fc.nat(400), fc.nat(4)), { maxLength: 2 }))
  .map(([text, wrap, cuts]) =>
    cuts.reduce((cut, [at, length]) => cut.slice(0, at) + cut.slice(at + length), wrap(text)),
  )
const file = fc.record({
  code,
  name: fc.constantFrom('pipeline.ts', 'pipeline.js', 'pipeline.tsx', 'pipeline.cts', 'pipeline.mjs'),
  head: fc.constantFrom('', '\uFEFF', '#!/usr/bin/env node\n', '\uFEFF#!/usr/bin/env node\n'),
  lineEnd: fc.constantFrom('\n', '\r\n', '\r', '\u2028'),
})

async function codeOf(name: string, text: string): Promise<StepCode> {
  const path = join(dir, name)
  writeFileSync(path, text)
  const before = text.slice(0, text.indexOf(`step({ name: 'a'`)).replace(/^\uFEFF/, '')
  const lines = before.split(/\r\n|[\n\r\u2028\u2029]/)
  const stack = `    at file://${encodeURI(path)}:${lines.length}:${(lines.at(-1) ?? '').length + 1}`
  const identity = createCodeIdentity({ projectDir: dir, entries: [path], startedAtMs: Infinity })
  const ports = { inputs: {}, outputs: {}, form: 'named' } as const
  return await identity.identify({ name: 'a', site: { stack, repeated: false }, run: () => 1, ports })
}

describe('a step in code that nobody would write', { timeout: 60_000 }, () => {
  it('is known, or refused for a reason that has a kind other than a fault of Cairn', async () => {
    const property = fc.asyncProperty(file, async ({ code: odd, name, head, lineEnd }) => {
      const text = `import { step } from 'cairnml'\n${odd}\nlet odd, value, run\n${CALL}\n`
      const found = await codeOf(name, head + text.replaceAll('\n', lineEnd))
      if (found.known) return
      const kind = refusalOf(found.reason)?.kind
      expect([found.reason, kind]).not.toEqual([found.reason, undefined])
      expect([found.reason, kind]).not.toEqual([found.reason, 'code-not-followed'])
    })
    await fc.assert(property, { numRuns: 400 })
  })

  it('is known where the code is whole', async () => {
    for (const statement of ODD_STATEMENTS) {
      const found = await codeOf(
        'pipeline.ts',
        `import { step } from 'cairnml'\nlet odd, value, run\n${statement}\n${CALL}\n`,
      )
      const reason = found.known ? '' : found.reason
      expect([statement, reason]).toEqual([statement, expect.not.stringMatching(/cannot be (?:parsed|found|followed)/)])
    }
  })
})
