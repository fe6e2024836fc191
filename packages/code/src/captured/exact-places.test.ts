import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { expect, it } from 'vitest'

const url = (name: string): string => JSON.stringify(pathToFileURL(join(import.meta.dirname, name)).href)

/** Says of pairs of functions whether their digests are equal; every word of a function's line may be captured. */
const PROGRAM = `import { readFileSync } from 'node:fs'
import { createCapturedReader } from ${url('captured-reader.ts')}
import { digestValue } from ${url('digest-value.ts')}
const reader = createCapturedReader()
const lines = readFileSync(import.meta.filename, 'utf8').split('\\n')
const codeOf = ({ line, column, isExact }) => {
  const text = (lines[line - 1] ?? '').slice(column - 1)
  if (!isExact) return { reason: 'not exact' }
  return { digest: 'one', captures: text.match(/[\\w$]+/g) ?? [], usesThis: /\\bthis\\b/.test(text) }
}
const digest = async (fn: Function): Promise<string> => {
  const found = await digestValue(fn, { name: 'k' }, { reader, codeOf })
  return 'reason' in found ? found.reason : found.digest
}
const compare = async (name: string, a: Function, b: Function): Promise<void> => {
  const [first, second] = [await digest(a), await digest(b)]
  const answer = first.includes(' ') ? first.split(';')[0] : first === second ? 'same' : 'other'
  console.log(JSON.stringify([name, answer]))
}
const scale = (by: number) => (x: number) => Math.abs(x * by)
await compare('equal', scale(2), scale(2))
await compare('unequal', scale(2), scale(3))
const wrap = (inner: Function) => (x: number) => inner(x)
await compare('deep equal', wrap(scale(2)), wrap(scale(2)))
await compare('deep unequal', wrap(scale(2)), wrap(scale(3)))
class Maker {
  readonly k: number
  constructor(k: number) { this.k = k }
  arrow() { return () => this.k }
  asyncArrow() { return async (x: number) => this.k + x }
  bare() { return x => this.k + x }
}
for (const kind of ['arrow', 'asyncArrow', 'bare']) await compare(kind, new Maker(1)[kind](), new Maker(2)[kind]())
function free(this: unknown) { return this }
await compare('free', free, free)
function* unready() {
  yield () => late
  const late = 1
}
const early = unready().next().value
await compare('unready', early, early)
`

it('tells functions apart by what they really capture where their place is exact, and refuses the rest', () => {
  const dir = mkdtempSync(join(tmpdir(), 'cairn exact '))
  try {
    writeFileSync(join(dir, 'main.mts'), PROGRAM)
    const output = execFileSync(process.execPath, ['--no-warnings', join(dir, 'main.mts')], { encoding: 'utf8' })
    // Sound: the program prints nothing but pairs of texts.
    const answers = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as [string, string])
    const around = 'k has the `this` of the code around it and cannot be compared'
    expect(Object.fromEntries(answers)).toEqual({
      equal: 'same',
      unequal: 'other',
      'deep equal': 'same',
      'deep unequal': 'other',
      arrow: around,
      asyncArrow: around,
      bare: around,
      free: 'same',
      unready: 'late, which its function uses, has no value yet',
    })
  } finally {
    rmSync(dir, { recursive: true })
  }
})
