import { readFileSync } from 'node:fs'
import { runInThisContext } from 'node:vm'

import { afterAll, describe, expect, it } from 'vitest'

import { createCapturedReader, type FunctionPlace } from './captured-reader.ts'
import { digestCaptured } from './digest-captured.ts'
import { digestValue, type FunctionCode } from './digest-value.ts'

const text = readFileSync(import.meta.filename, 'utf8').split('\n')
const reader = createCapturedReader()
afterAll(() => reader[Symbol.dispose]())

/** What the walk through the code would say: here a note in the function's lines does. */
function codeOf({ line, column }: FunctionPlace): FunctionCode {
  const lines = text.slice(line - 1, line + 2).join('\n')
  const note = /\/\/ uses (.*)$/m.exec(lines)?.[1]?.split(' ') ?? []
  return {
    digest: `${line}:${column}`,
    captures: note.filter((name) => name !== 'this'),
    usesThis: note.includes('this'),
  }
}

const tools = { reader, codeOf }

/** The digests by name, or the reason. */
async function captured(fn: Function, ...names: readonly string[]): Promise<Readonly<Record<string, string>> | string> {
  const values = await digestCaptured(fn, names, tools)
  if ('reason' in values) return values.reason
  return Object.fromEntries(values.map(({ name, digest }) => [name, digest]))
}

async function digestOf(value: unknown): Promise<string> {
  const digested = await digestValue(value, { name: 'k' }, tools)
  if ('reason' in digested) throw new Error(digested.reason)
  return digested.digest
}

const make = (k: unknown) => (): unknown => k

describe('captured values of two closures of one factory', () => {
  it('differ exactly if the values do', async () => {
    const same = await captured(make({ a: [1] }), 'k')
    expect(await captured(make({ a: [1] }), 'k')).toEqual(same)
    expect(await captured(make({ a: [2] }), 'k')).not.toEqual(same)
  })

  it('differ in loops, and are read when they are asked for', async () => {
    let total = 0
    const steps: (() => number)[] = []
    for (let k = 0; k < 3; k += 1) steps.push(() => k + total)
    const before = await Promise.all(steps.map((step) => captured(step, 'k', 'total')))
    expect(new Set(before.map((values) => JSON.stringify(values))).size).toBe(3)
    total = 1
    const after = await captured(steps[0] ?? expect.fail(), 'k', 'total')
    expect(after).toMatchObject({ k: Reflect.get(Object(before[0]), 'k') })
    expect(after).not.toEqual(before[0])
  })

  it('are shown only if they cannot be secrets', async () => {
    const values = [1, -0, 1.5, true, null, 12n, 'secret', ['secret'], undefined, 10n ** 60n]
    const shown = await Promise.all(values.map((value) => digestCaptured(make(value), ['k'], tools)))
    expect(shown.map((list) => ('reason' in list ? list.reason : list[0]?.shown))).toEqual([
      '1',
      '-0',
      '1.5',
      'true',
      'null',
      '12n',
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })

  it('are refused by name if one cannot be compared or read', async () => {
    const reason = 'k is a Map that cannot be compared; pass it as a parameter or build it inside the step'
    class Map2 extends Map {}
    Object.defineProperty(Map2, 'name', { value: 'Map' })
    expect(await captured(make(new Map2()), 'k')).toBe(reason)
    expect(await captured(make(1), 'k', 'other')).toBe('other, which its function uses, cannot be read')
    expect(await captured(make(1))).toEqual({})
  })

  it('are told apart by whether two of them share an object', async () => {
    const two = (a: unknown, b: unknown) => (): unknown => [a, b]
    const list: unknown[] = []
    const shared = await captured(two(list, { list }), 'a', 'b')
    const copied = await captured(two([], { list: [] }), 'b', 'a')
    expect(shared).toMatchObject({ a: Reflect.get(Object(copied), 'a') })
    expect(shared).not.toEqual(copied)
    expect(await captured(two([], { list: [] }), 'a', 'b')).toEqual(copied)
  })
})

class Conn {
  readonly id = Math.random()
  limit = 3
  send(): number {
    return this.id
  }
}

describe('a member of a captured value', () => {
  it('counts alone', async () => {
    const options = (limit: number, rest: unknown) => {
      const def = { limit, rest }
      return (): unknown => def.limit
    }
    const first = await captured(options(1, new Conn()), 'def.limit')
    expect(await captured(options(1, Math.sqrt), 'def.limit')).toEqual(first)
    expect(await captured(options(2, 1), 'def.limit')).not.toEqual(first)
    expect(await captured(make({ a: { b: 1 } }), 'k.a.b')).toEqual({ 'k.a.b': await digestOf(1) })
    expect(await captured(make(new Conn()), 'k.limit')).toEqual({ 'k.limit': await digestOf(3) })
  })

  it('is the whole of what it belongs to where it is native, computed, missing or needs it', async () => {
    const list = [1, 2]
    expect(await captured(make(list), 'k.map')).toEqual({ 'k.map': await digestOf(list) })
    expect(await captured(make(list), 'k.length')).toEqual({ 'k.length': await digestOf(2) })
    expect(await captured(make('text'), 'k.length')).toEqual({ 'k.length': await digestOf('text') })
    expect(await captured(make({}), 'k.none')).toEqual({ 'k.none': await digestOf({}) })
    const getter = {
      get a(): number {
        return 1
      },
    }
    expect(await captured(make(getter), 'k.a')).toMatch(/^k\.a has a getter/)
    const counter = (by: number): unknown => ({
      by,
      next(this: { by: number }, n: number): number {
        return n + this.by
      }, // uses this
      free: (n: number) => n,
    })
    expect(await captured(make(counter(1)), 'k.free')).toEqual(await captured(make(counter(2)), 'k.free'))
    expect(await captured(make(counter(1)), 'k.next')).not.toEqual(await captured(make(counter(2)), 'k.next'))
    expect(await captured(make(counter(1)), 'k.next')).toEqual(await captured(make(counter(1)), 'k.next'))
  })
})

describe('a captured function', () => {
  const scale =
    (by: number) =>
    (x: number): number =>
      x * by // uses by
  const deep = (inner: unknown) => (): unknown => inner // uses inner
  const loop = (): ((n: number) => boolean) => {
    const even = (n: number): boolean => n === 0 || odd(n - 1) // uses odd
    const odd = (n: number): boolean => n !== 0 && even(n - 1) // uses even
    return odd
  }

  it('is its code and what it captures in turn', async () => {
    expect(await digestOf(scale(2))).toBe(await digestOf(scale(2)))
    expect(await digestOf(scale(2))).not.toBe(await digestOf(scale(3)))
    expect(await digestOf(deep(scale(2)))).toBe(await digestOf(deep(scale(2))))
    expect(await digestOf(deep(scale(2)))).not.toBe(await digestOf(deep(scale(3))))
    expect(await digestOf(() => 1)).not.toBe(await digestOf(() => 1))
    expect(await digestOf(loop())).toBe(await digestOf(loop()))
    const twice = scale(2)
    expect(await digestOf([twice, twice])).not.toBe(await digestOf([scale(2), scale(2)]))
  })

  it('counts what was hung on it, and what a class extends', async () => {
    const plain = (a: unknown): unknown => Object.assign(scale(1), { a })
    expect(await digestOf(plain(1))).not.toBe(await digestOf(plain(2)))
    const mixin = (base: new () => object, limit: number): unknown => {
      class Mixed extends base {
        static limit = limit
        static help(): number {
          return 1
        }
      }
      return Mixed
    }
    class First {}
    class Second {}
    expect(await digestOf(mixin(First, 1))).toBe(await digestOf(mixin(First, 1)))
    expect(await digestOf(mixin(First, 1))).not.toBe(await digestOf(mixin(Second, 1)))
    expect(await digestOf(mixin(First, 1))).not.toBe(await digestOf(mixin(First, 2)))
  })

  it('is refused with what makes it incomparable', async () => {
    const refused = async (value: unknown): Promise<string> => {
      const digested = await digestValue(value, { name: 'k' }, tools)
      return 'reason' in digested ? digested.reason : 'known'
    }
    const end = 'cannot be compared; pass it as a parameter or build it inside the step'
    expect(await refused(deep(new Conn()))).toBe(`k→inner is a Conn that ${end}`)
    expect(await refused({ a: deep([Math.sqrt]) })).toBe(`k.a→inner[0] is a native or bound function that ${end}`)
    expect(await refused(runInThisContext('() => 1'))).toBe(
      'k is a function that cannot be compared: its source is in no file',
    )
    const old = function old(): void {}
    Reflect.set(old.prototype as object, 'patched', 1)
    expect(await refused(old)).toBe(`k has a prototype of its own and ${end}`)
    const unknown = await digestValue(scale(1), { name: 'k' }, { reader, codeOf: () => ({ reason: 'it calls eval' }) })
    expect(unknown).toEqual({ reason: 'the code of k is not known: it calls eval' })
  })
})
