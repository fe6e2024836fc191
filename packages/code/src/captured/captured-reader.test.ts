import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { runInThisContext } from 'node:vm'

import { describe, expect, it } from 'vitest'

import { createCapturedReader } from './captured-reader.ts'

interface GoneWhenVitestRunsIt {
  readonly linesMove: true
}

class Conn {
  readonly open = true
}

function make(k: number, conn: Conn): Record<string, Function> {
  let later = 'early'
  const deep = { list: [k] }
  const made = {
    arrow: (types: GoneWhenVitestRunsIt) => [types, k, conn, later, deep, tooLate],
    method() {
      return k
    },
    shadow: (() => {
      const k = 'inner'
      return () => k
    })(),
    early: (
      () => () =>
        tooLate
    )(),
    async *generator() {
      yield k
    },
    Class: class {
      readonly k = k
    },
  }
  later = 'late'
  made.method()
  checkTooEarly(made.early)
  const tooLate = 7n
  return made
}

function checkTooEarly(fn: Function): void {
  using reader = createCapturedReader()
  expect(reader.values(fn, ['tooLate'])).toEqual({ reason: 'tooLate, which its function uses, has no value yet' })
}

function read(fn: Function | undefined, ...names: readonly string[]): Record<string, unknown> {
  using reader = createCapturedReader()
  const values = reader.values(fn ?? expect.fail(), names)
  if ('reason' in values) throw new Error(values.reason)
  return Object.fromEntries(values as ReadonlyMap<string, unknown>)
}

describe('values around a function', () => {
  it('are the live ones at the time of asking', () => {
    const conn = new Conn()
    const made = make(3, conn)
    const values = read(made['arrow'], 'k', 'conn', 'later', 'deep', 'tooLate')
    expect(values).toEqual({ k: 3, conn, later: 'late', deep: { list: [3] }, tooLate: 7n })
    expect(values['conn']).toBe(conn)
    let count = 1
    const counts = (): number => count
    expect(read(counts, 'count')).toEqual({ count: 1 })
    count = 2
    expect(read(counts, 'count')).toEqual({ count: 2 })
  })

  it('are those of the innermost scope, and only those that were asked for', () => {
    const made = make(3, new Conn())
    expect(read(made['shadow'], 'k')).toEqual({ k: 'inner' })
    expect(read(made['arrow'], 'nothing', 'Map', 'globalThis')).toEqual({})
    expect(read(made['method'], 'k')).toEqual({ k: 3 })
    expect(read(made['generator'], 'k')).toEqual({ k: 3 })
    expect(read(made['Class'], 'k')).toEqual({ k: 3 })
  })

  it('are told apart in loops and have their exact values', () => {
    const special = [-0, Number.NaN, Infinity, -1n, null, undefined, '', Symbol.iterator, Conn]
    const closures = special.map((value) => () => value)
    expect(closures.map((closure) => read(closure, 'value')['value'])).toEqual(special)
    const inLoop: (() => number)[] = []
    for (let k = 0; k < 3; k += 1) inLoop.push(() => k)
    for (const k of [3, 4]) inLoop.push(() => k)
    expect(inLoop.map((closure) => read(closure, 'k'))).toEqual([0, 1, 2, 3, 4].map((k) => ({ k })))
  })

  it('are not there for native and bound functions', () => {
    expect(read(Math.sqrt, 'k')).toEqual({})
    expect(read(make(1, new Conn())['arrow']?.bind(null), 'k')).toEqual({})
  })

  it('leave nothing behind', () => {
    const before = Reflect.ownKeys(globalThis).length
    read(make(1, new Conn())['arrow'], 'conn')
    expect(Reflect.ownKeys(globalThis)).toHaveLength(before)
  })
})

describe('the place of a function', () => {
  const text = readFileSync(import.meta.filename, 'utf8').split('\n')

  it.each([
    ['arrow', '(types: Gone'],
    ['method', '() {'],
    ['generator', '() {'],
    ['Class', 'class {'],
  ])('is near where its parameters or its class start if the code was transformed: %s', (name, start) => {
    using reader = createCapturedReader()
    const place = reader.location(make(1, new Conn())[name] ?? expect.fail())
    if ('reason' in place) throw new Error(place.reason)
    expect(place).toMatchObject({
      file: import.meta.filename,
      query: '',
      kind: name === 'Class' ? 'class' : 'function',
      isExact: false,
    })
    expect(text[place.line - 1]?.slice(place.column - 1)).toContain(start)
  })

  it('is not known for native and bound functions, and for code that is in no file', () => {
    using reader = createCapturedReader()
    const reason = 'it is native or bound'
    expect(reader.location(Math.sqrt)).toEqual({ reason })
    expect(reader.location(make.bind(null, 1))).toEqual({ reason })
    expect(reader.location(runInThisContext('() => 1') as Function)).toEqual({ reason: 'its source is in no file' })
    expect(reader.location(join)).toEqual({ reason: 'its source is in no file' })
  })
})

const READER = pathToFileURL(join(import.meta.dirname, 'captured-reader.ts')).href
const PROGRAM = `import { isMainThread, Worker } from 'node:worker_threads'
import { createCapturedReader } from ${JSON.stringify(READER)}
interface Erased {
  readonly a: number
}
const make = (k: number): (() => number) => (     ...types: Erased[]) => k + types.length
const reader = createCapturedReader()
const values: any = reader.values(make(41), ['k'])
const place: any = reader.location(make(41))
console.log(JSON.stringify(values.reason ?? [[...values], place.line, place.column, place.kind, place.isExact]))
if (isMainThread && process.argv[2] === 'worker') new Worker(new URL(import.meta.url))
else process.exitCode = 0
`

function run(flags: readonly string[], ...args: readonly string[]): readonly unknown[] {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'cairn captured ')))
  try {
    writeFileSync(join(dir, 'main.mts'), PROGRAM)
    const options = ['--no-warnings', ...flags, join(dir, 'main.mts'), ...args]
    const output = execFileSync(process.execPath, options, { encoding: 'utf8', timeout: 20_000 })
    return output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown)
  } finally {
    rmSync(dir, { recursive: true })
  }
}

describe('in a process of its own', () => {
  const found = [[['k', 41]], 6, 45, 'function', true]

  it.each([[[]], [['--experimental-transform-types']], [['--enable-source-maps']]])(
    'the reader sees values and the place on disk, with the flags %s',
    (flags) => {
      const isExact = !flags.includes('--experimental-transform-types')
      expect(run(flags)).toEqual([[...found.slice(0, 4), isExact]])
    },
  )

  it('the reader works in worker threads, too', () => {
    expect(run([], 'worker')).toEqual([found, found])
  })

  it('the reader says when it is not allowed to look', () => {
    expect(run(['--permission', '--allow-fs-read=*'])).toEqual([
      'what its function captures cannot be read, because this process allows no inspector',
    ])
  })
})
