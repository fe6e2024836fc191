import { describe, expect, it } from 'vitest'
import { encodeNpy } from './encode-npy.ts'
import type { NdArray, TypedArray } from './nd-array.ts'

function headerOf(bytes: Uint8Array): string {
  const start = bytes[6] === 1 ? 10 : 12
  return Buffer.from(bytes.subarray(start)).toString('latin1').split('\n')[0]?.trimEnd() ?? ''
}

describe('encodeNpy', () => {
  it('writes the documented bytes of a small array', () => {
    const bytes = encodeNpy({ shape: [2, 2], data: Int16Array.of(1, -2, 3, 256) })
    const dict = "{'descr': '<i2', 'fortran_order': False, 'shape': (2, 2), }"
    const header = Buffer.concat([
      Buffer.from('\x93NUMPY\x01\x00\x76\x00', 'latin1'),
      Buffer.from(dict.padEnd(117) + '\n'),
    ])
    expect(Buffer.from(bytes)).toEqual(Buffer.concat([header, Buffer.from('0100feff03000001', 'hex')]))
  })

  it.each<[TypedArray, string]>([
    [new Int8Array(1), '|i1'],
    [new Uint8Array(1), '|u1'],
    [new Int16Array(1), '<i2'],
    [new Uint16Array(1), '<u2'],
    [new Int32Array(1), '<i4'],
    [new Uint32Array(1), '<u4'],
    [new BigInt64Array(1), '<i8'],
    [new BigUint64Array(1), '<u8'],
    [new Float16Array(1), '<f2'],
    [new Float32Array(1), '<f4'],
    [new Float64Array(1), '<f8'],
    [Buffer.alloc(1), '|u1'],
  ])('names the dtype of %o', (data, descr) => {
    expect(headerOf(encodeNpy({ shape: [1], data }))).toBe(
      `{'descr': '${descr}', 'fortran_order': False, 'shape': (1,), }`,
    )
  })

  it('writes a shape without axes as an empty tuple', () => {
    expect(headerOf(encodeNpy({ shape: [], data: new Float64Array(1) }))).toContain("'shape': (), }")
  })

  it('writes booleans on request', () => {
    const bytes = encodeNpy({ shape: [3], data: Uint8Array.of(1, 0, 1) }, { dtype: 'bool' })
    expect(headerOf(bytes)).toContain("'descr': '|b1'")
    expect([...bytes.subarray(-3)]).toEqual([1, 0, 1])
  })

  it('starts the data at a multiple of 64 bytes for any number of axes', () => {
    for (let axes = 0; axes < 70; axes++) {
      const bytes = encodeNpy({ shape: Array<number>(axes).fill(1), data: new Uint8Array(1) })
      expect((bytes.length - 1) % 64).toBe(0)
    }
  })

  it('writes version 2.0 when the header is longer than 65535 bytes', () => {
    const short = encodeNpy({ shape: Array<number>(21_000).fill(1), data: new Uint8Array(1) })
    const long = encodeNpy({ shape: Array<number>(22_000).fill(1), data: new Uint8Array(1) })
    expect([short[6], long[6], long[7]]).toEqual([1, 2, 0])
    expect(new DataView(long.buffer).getUint32(8, true)).toBe(long.length - 1 - 12)
  })

  it('writes only the window of a typed array that looks into a larger buffer', () => {
    const data = Float32Array.of(1, 2, 3, 4).subarray(1, 3)
    const bytes = encodeNpy({ shape: [2], data })
    expect([...new Float32Array(bytes.slice(-8).buffer)]).toEqual([2, 3])
  })

  it.each<[string, NdArray, RegExp]>([
    ['too few elements', { shape: [2, 3], data: new Int8Array(5) }, /takes 6 elements, its data have 5/],
    ['a negative axis', { shape: [-1], data: new Int8Array(1) }, /not a whole number/],
    ['a broken axis', { shape: [0.5, 2], data: new Int8Array(1) }, /not a whole number/],
    ['axes that overflow', { shape: [2 ** 30, 2 ** 30, 0], data: new Int8Array(0) }, /not a whole number/],
    ['too many axes', { shape: Array<number>(400_000).fill(1), data: new Int8Array(1) }, /400000 axes are too many/],
  ])('refuses %s', (_, array, message) => {
    expect(() => encodeNpy(array)).toThrow(
      expect.objectContaining({ code: 'CAIRN_VALUE_UNSTORABLE', message: expect.stringMatching(message) }),
    )
  })

  it('refuses booleans that are not 0 or 1, or not in a Uint8Array', () => {
    expect(() => encodeNpy({ shape: [2], data: Uint8Array.of(1, 2) }, { dtype: 'bool' })).toThrow(/element 1 is 2/)
    expect(() => encodeNpy({ shape: [1], data: Int8Array.of(1) }, { dtype: 'bool' })).toThrow(/not Int8Array/)
  })

  it('refuses a kind of typed array that NumPy does not have', () => {
    // Sound: the cast stands in for a caller without type checking.
    const data = new Uint8ClampedArray(1) as unknown as Uint8Array
    expect(() => encodeNpy({ shape: [1], data })).toThrow(
      expect.objectContaining({ code: 'CAIRN_NPY_DTYPE', details: { dtype: 'Uint8ClampedArray' } }),
    )
  })
})
