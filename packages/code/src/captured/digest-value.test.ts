import { isDeepStrictEqual } from 'node:util'
import { createContext, runInContext } from 'node:vm'

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { CapturedReader } from './captured-reader.ts'
import { digestValue, type FunctionTools } from './digest-value.ts'

const UNREADABLE: CapturedReader = {
  values: () => new Map(),
  location: () => ({ reason: 'it is native or bound' }),
  [Symbol.dispose]: () => undefined,
}
const tools: FunctionTools = { reader: UNREADABLE, codeOf: () => ({ reason: 'there are no functions here' }) }

async function digestOf(value: unknown): Promise<string> {
  const digested = await digestValue(value, { name: 'k' }, tools)
  if ('reason' in digested) throw new Error(digested.reason)
  return digested.digest
}

async function reasonOf(value: unknown): Promise<string | undefined> {
  const digested = await digestValue(value, { name: 'k' }, tools)
  return 'reason' in digested ? digested.reason : undefined
}

const data = (depth: number): fc.Arbitrary<unknown> =>
  fc.anything({
    maxDepth: depth,
    maxKeys: 3,
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withNullPrototype: true,
    withSparseArray: true,
    withTypedArray: true,
  })

/** The same data in new objects. */
function rebuilt(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const copy: unknown[] = []
    copy.length = value.length
    for (const [key, member] of Object.entries(value)) Reflect.set(copy, key, rebuilt(member))
    return copy
  }
  if (value instanceof Map) return new Map(Array.from(value, ([key, member]) => [rebuilt(key), rebuilt(member)]))
  if (value instanceof Set) return new Set(Array.from(value, rebuilt))
  if (Object.getPrototypeOf(value) !== Object.prototype && Object.getPrototypeOf(value) !== null) {
    return structuredClone(value)
  }
  const copy: object = Object.create(Object.getPrototypeOf(value) as object | null) as object
  for (const key of Object.keys(value)) {
    Object.defineProperty(copy, key, {
      ...Object.getOwnPropertyDescriptor(value, key),
      value: rebuilt(Reflect.get(value, key)),
    })
  }
  return copy
}

/** The order of the keys of objects, anywhere in a value. */
function keyOrders(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  const inside = value instanceof Map || value instanceof Set ? [...value] : Object.values(value)
  return [Object.keys(value), inside.map(keyOrders)]
}

/** Values of which two random ones are often equal. */
const { small } = fc.letrec((tie) => ({
  small: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    fc.constantFrom<unknown>(0, -0, Number.NaN, 1, '', '1', 'a', null, undefined, true, 1n),
    fc.array(tie('small'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom('a', 'b', '0'), tie('small'), { maxKeys: 2 }),
    fc.tuple(tie('small')).map(([value]) => new Map([[value, value]])),
    fc.tuple(tie('small')).map(([value]) => new Set([value])),
    fc.constantFrom(0, 1).map((time) => new Date(time)),
    fc.constantFrom('a', 'b').map((source) => new RegExp(source)),
    fc.uint8Array({ maxLength: 2, max: 1 }),
  ),
}))

describe('the digest of data', () => {
  it('is that of the same data built anew', async () => {
    await fc.assert(
      fc.asyncProperty(data(3), async (value) => {
        expect(await digestOf(rebuilt(value))).toBe(await digestOf(value))
      }),
    )
  })

  it('is the same for two values exactly if they are deeply equal, with their keys in the same order', async () => {
    const check = async (first: unknown, second: unknown): Promise<void> => {
      // A value inside of itself twice is shared; equal copies are not.
      const [a, b] = [rebuilt(first), rebuilt(second)]
      expect((await digestOf(a)) === (await digestOf(b))).toBe(
        isDeepStrictEqual(a, b) && isDeepStrictEqual(keyOrders(a), keyOrders(b)),
      )
    }
    await fc.assert(fc.asyncProperty(small, small, check), { numRuns: 2000 })
    await fc.assert(fc.asyncProperty(data(2), data(2), check))
  })

  it('differs wherever the values do', async () => {
    const shared = { a: 1 }
    const circle: Record<string, unknown> = {}
    circle['self'] = circle
    const farCircle: Record<string, unknown> = { self: {} }
    Reflect.set(farCircle['self'] as object, 'self', farCircle)
    const sticky = /a/y
    sticky.lastIndex = 1
    const memory = new Uint8Array([0, 1, 2, 3]).buffer
    const groups: readonly (readonly unknown[])[] = [
      [undefined, null, false, true, 0, -0, Number.NaN, 1, 1n, -1n, '1', '1n', 'null', '', ' ', '\0', Infinity],
      ['\uD800', '\uD801', '\uFFFD', 'é', 'e\u0301', 'undefined', 'x'.repeat(40_000), `${'x'.repeat(39_999)}y`],
      [[], [[]], [[], []], [undefined], [null], [''], ['', ''], ['a', 'b'], ['ab'], ['a,b'], [1, 2], ['1', 2], [12]],
      [Array(1), Array(2), Object.assign([1], { a: 1 }), Object.assign([], { length: 3 })],
      [
        {},
        { a: undefined },
        { a: {} },
        { a: { b: 1 } },
        { a: 1, b: 1 },
        { 'a:1,b': 1 },
        { '': 1 },
        { 0: 1 },
        { a: 1 },
        { b: 1, a: 1 },
      ],
      [Object.create(null), Object.freeze({}), Object.freeze({ a: 1 }), Object.freeze([1, 2])],
      [new Date(0), new Date(Number.NaN), new Date(1), Object.assign(new Date(2), { a: 1 })],
      [/a/, /a/g, /a/gi, /b/, sticky, /a/y, 'a'],
      [new Map(), new Map([[1, 2]]), new Map([[1, [2]]]), new Map([['1', 2]]), new Map([[{}, 1]])],
      [
        new Map([
          [1, 2],
          [3, 4],
        ]),
        new Map([
          [3, 4],
          [1, 2],
        ]),
      ],
      [new Set(), new Set([1]), new Set([1, 2]), new Set([2, 1]), new Set([[1, 2]]), new Set([1, [2]])],
      [new Uint8Array(0), new Uint8Array(2), new Int8Array(2), new Uint16Array(1), new Uint8Array([1, 0])],
      [Buffer.alloc(2), Buffer.from('ab'), new DataView(new ArrayBuffer(2)), new ArrayBuffer(2), new ArrayBuffer(3)],
      [new Uint8Array(memory, 1, 2), new Uint8Array(memory, 0, 2), new Uint8Array([1, 2]), new Float64Array([-0])],
      [new Float64Array([0]), new Float32Array([Number.NaN]), new BigInt64Array(1)],
      [[shared, shared], [{ a: 1 }, { a: 1 }], circle, farCircle, { self: circle }, [circle, circle]],
    ]
    const values = groups.flat()
    const digests = await Promise.all(values.map(digestOf))
    const twins = values.filter((_, index) => digests.indexOf(digests[index] ?? '') !== index)
    expect(twins).toEqual([])
  })

  it('is the same for every NaN and wherever a buffer lies in memory', async () => {
    expect(await digestOf(new Float64Array(new BigUint64Array([0x7ff8000000000001n]).buffer)[0])).toBe(
      await digestOf(Number.NaN),
    )
    expect(await digestOf(Buffer.from('same'))).toBe(await digestOf(Buffer.from('.same').subarray(1)))
    expect(await digestOf(JSON.parse('{"a":[1,{"b":null}]}'))).toBe(await digestOf({ a: [1, { b: null }] }))
  })

  it('takes long lists and refuses what is nested without end', async () => {
    const long = Array.from({ length: 50_000 }, (_, index) => ({ index, text: `${index}` }))
    expect(await digestOf(long)).toMatch(/^[\da-f]{64}$/)
    let deep: unknown = 1
    for (let depth = 0; depth < 5000; depth += 1) deep = [deep]
    expect(await reasonOf(deep)).toBe('k is nested too deeply to be compared')
  })
})

class Conn {
  readonly secret = 'hunter2'
}
class Items extends Array {}
const PASS = '; pass it as a parameter or build it inside the step'

describe('a value without canonical form', () => {
  it.each<[string, unknown]>([
    ['k is a Conn that', new Conn()],
    ['k.list[1] is a Conn that', { list: [1, new Conn()] }],
    ['k[…] is a Conn that', { 'secret key': new Conn() }],
    ['k[…] is a Conn that', { [`t${'0'.repeat(40)}`]: new Conn() }],
    ['k.get(…) is a Conn that', new Map([['secret', new Conn()]])],
    ['a key of k is a Conn that', new Map([[new Conn(), 1]])],
    ['a member of k is a Conn that', new Set([new Conn()])],
    ['k is an Items that', new Items()],
    ['k is a special object that', Object.create({ inherited: 1 })],
    ['k is a symbol that', Symbol('secret')],
    ['k is a proxy that', new Proxy({}, {})],
    ['k.a is a proxy that', { a: new Proxy([], {}) }],
    ['k is a proxy that', new Proxy(() => 1, {})],
    ['k is a native or bound function that', Math.sqrt],
    ['k is a native or bound function that', (() => 1).bind(null)],
    ['k is a WeakMap that', new WeakMap()],
    ['k is a WeakSet that', new WeakSet()],
    ['k is a WeakRef that', new WeakRef({})],
    ['k is a Promise that', Promise.resolve('secret')],
    ['k is an Error that', new Error('secret')],
    ['k is a Number that', Object(1)],
    ['k is a String that', Object('secret')],
    ['k is a SharedArrayBuffer that', new SharedArrayBuffer(1)],
    ['k is an ArrayBuffer that', new ArrayBuffer(1, { maxByteLength: 2 })],
    ['k is a Uint8Array that', Object.assign(new Uint8Array(1), { shape: [1] })],
    ['k is a Uint8Array that', new Uint8Array(new SharedArrayBuffer(1))],
    ['k is a URL that', new URL('https://secret.example')],
    ['k is a special object that', (function* generator() {})()],
    ['k is a Map that', runInContext('new Map()', createContext())],
    ['k is a special object that', Object.setPrototypeOf(new Map(), Object.prototype)],
  ])('is refused: %s', async (sentence, value) => {
    const reason = (await reasonOf(value)) ?? ''
    expect(reason).toBe(`${sentence} cannot be compared${PASS}`)
    expect(reason).not.toMatch(/secret|hunter/)
  })

  it.each<[string, unknown]>([
    [
      'a getter',
      {
        get a(): never {
          throw new Error('ran')
        },
      },
    ],
    ['a getter', Object.defineProperty([], '0', { get: () => 1, enumerable: true })],
    ['a symbol as a key', { [Symbol('secret')]: 1 }],
    ['a symbol as a key', Math],
    ['a hidden property', Object.defineProperty({}, 'a', { value: 1 })],
  ])('is refused for %s', async (what, value) => {
    expect(await reasonOf(value)).toBe(`k has ${what} and cannot be compared${PASS}`)
  })

  it('is refused as a module or as the arguments of a call', async () => {
    expect(await reasonOf(await import('./incomparable.ts'))).toMatch(/^k (is a|has a) /)
    expect(
      await reasonOf(
        (function list() {
          return arguments
        })(),
      ),
    ).toMatch(/^k is a special object/)
  })
})
