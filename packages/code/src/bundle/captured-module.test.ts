import { isDeepStrictEqual } from 'node:util'

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { capturedModule } from './captured-module.ts'

async function again(value: unknown): Promise<unknown> {
  const text = capturedModule(new Map([['value', value]]))
  // Sound: every module has an object of its exports.
  const made = (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as Record<string, { value: unknown }>
  return made['captured']?.value
}

describe('a captured value', () => {
  it.each([
    ['minus zero', -0],
    ['no number', Number.NaN],
    ['infinity', -Infinity],
    ['nothing', undefined],
    ['a big integer', -12n],
    ['text', 'a\u2028\uD800"\\'],
    ['a date', new Date(12)],
    ['an invalid date', new Date(Number.NaN)],
    ['a pattern', /a\/[/\n]/giu],
    ['nested containers', new Map<unknown, unknown>([[{ a: 1 }, new Set([[1], 'b'])]])],
    ['an array with holes', Object.assign([], { 1: 1, 3: { a: undefined } })],
    ['an object without prototype', Object.assign(Object.create(null), { a: 1 })],
    ['a member called __proto__', JSON.parse('{ "__proto__": { "a": 1 }, "b": 2 }')],
    ['views of memory', [new Float64Array([1.5, -0]), new BigInt64Array([1n]), new DataView(new ArrayBuffer(3), 1)]],
    ['bytes of Node', Buffer.from('abc')],
    ['memory', new Uint8Array([1, 2]).buffer],
  ])('comes back as it was: %s', async (_, value) => {
    expect(isDeepStrictEqual(await again(value), value)).toBe(true)
  })

  it('keeps circles, what is shared, what is frozen, and the order of members', async () => {
    const shared = { s: 1 }
    const value: Record<string, unknown> = { z: shared, a: [shared], frozen: Object.freeze([shared]) }
    value['self'] = new Set([value])
    // Sound: it is compared with the value that it was made from.
    const made = (await again(value)) as { z: unknown; a: unknown[]; frozen: unknown[]; self: Set<unknown> }
    expect(Object.keys(made)).toEqual(['z', 'a', 'frozen', 'self'])
    expect(made.a[0]).toBe(made.z)
    expect(made.frozen[0]).toBe(made.z)
    expect(Object.isFrozen(made.frozen)).toBe(true)
    expect(made.self.has(made)).toBe(true)
  })

  it('shares memory among views', async () => {
    const memory = new ArrayBuffer(8)
    // Sound: it is compared with the value that it was made from.
    const [one, two] = (await again([new Uint8Array(memory, 2, 3), new Uint8Array(memory)])) as Uint8Array[]
    expect(one?.buffer).toBe(two?.buffer)
    expect([one?.byteOffset, one?.length]).toEqual([2, 3])
  })

  it('comes back whatever it is', async () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withSparseArray: true,
      withTypedArray: true,
      withNullPrototype: true,
    })
    await fc.assert(
      fc.asyncProperty(anything, async (value) => {
        expect(isDeepStrictEqual(await again(value), value)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    ['a symbol', Symbol('a')],
    ['a function', () => 1],
    ['an instance', new (class Thing {})()],
    ['a proxy', new Proxy({}, {})],
    [
      'a getter',
      {
        get a() {
          return 1
        },
      },
    ],
    ['a promise', Promise.resolve()],
  ])('is refused if it is no data: %s', (_, value) => {
    expect(() => capturedModule(new Map([['value', { deep: [value] }]]))).toThrow('value.deep[0]')
  })
})
