import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isCairnError } from '../errors/cairn-error.ts'
import { decodeNpy } from './decode-npy.ts'
import { DTYPE_BY_ARRAY, type NpyDtype } from './dtypes-data.ts'
import { encodeNpy } from './encode-npy.ts'
import type { NdArray, TypedArray } from './nd-array.ts'

const dtype: fc.Arbitrary<NpyDtype> = fc.constantFrom(...Object.values(DTYPE_BY_ARRAY))
const shape: fc.Arbitrary<number[]> = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 5 })

/** Arrays of every dtype whose elements are random bits: NaN with any payload, -0 and subnormal numbers included. */
const ndArray: fc.Arbitrary<NdArray> = fc.tuple(dtype, shape).chain(([{ itemBytes, view }, axes]) => {
  const count = product(axes)
  const length = count * itemBytes
  return fc
    .uint8Array({ minLength: length, maxLength: length })
    .map((bits) => ({ shape: axes, data: view(Uint8Array.from(bits).buffer, 0, count) }))
})

function product(axes: readonly number[]): number {
  return axes.reduce((result, length) => result * length, 1)
}

function bits(data: TypedArray): Buffer {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength)
}

function swapped(data: TypedArray): Uint8Array {
  const width = data.BYTES_PER_ELEMENT
  return Uint8Array.from(
    bits(data),
    (_, index) => bits(data)[index - (index % width) + width - 1 - (index % width)] ?? 0,
  )
}

/** The elements in column-major order, by the definition of that order. */
function columnMajor({ shape: axes, data }: NdArray): Uint8Array {
  const width = data.BYTES_PER_ELEMENT
  const result = new Uint8Array(data.byteLength)
  for (let index = 0; index < data.length; index++) {
    let rest = index
    let target = 0
    for (let axis = axes.length - 1; axis >= 0; axis--) {
      const length = axes[axis] ?? 1
      target += (rest % length) * product(axes.slice(0, axis))
      rest = Math.floor(rest / length)
    }
    result.set(bits(data).subarray(index * width, (index + 1) * width), target * width)
  }
  return result
}

/** The file with words of its header replaced by others of the same length, and with other data. */
function rewritten(file: Uint8Array, words: Readonly<Record<string, string>>, data: Uint8Array): Uint8Array {
  let header = Buffer.from(file.subarray(0, file.length - data.length)).toString('latin1')
  for (const [from, to] of Object.entries(words)) header = header.replace(from, to)
  return Buffer.concat([Buffer.from(header, 'latin1'), data])
}

function expectSame(decoded: NdArray, array: NdArray): void {
  expect(decoded.shape).toEqual(array.shape)
  expect(decoded.data[Symbol.toStringTag]).toBe(array.data[Symbol.toStringTag])
  expect(bits(decoded.data).equals(bits(array.data))).toBe(true)
}

/** Decodes, or fails with one of the two codes; any other outcome fails the test. */
function expectCodedOutcome(bytes: Uint8Array): void {
  try {
    const { shape: axes, data } = decodeNpy(bytes)
    expect(data.length).toBe(product(axes))
  } catch (error) {
    if (!isCairnError(error, 'CAIRN_NPY_INVALID') && !isCairnError(error, 'CAIRN_NPY_DTYPE')) throw error
    expect(JSON.parse(JSON.stringify(error.details))).toEqual(error.details)
  }
}

describe('npy files of random arrays', () => {
  it('give back the array, bit for bit', () => {
    fc.assert(
      fc.property(ndArray, (array) => expectSame(decodeNpy(encodeNpy(array)), array)),
      { numRuns: 500 },
    )
  })

  it('give back the array wherever the file lies in its buffer', () => {
    fc.assert(
      fc.property(ndArray, fc.nat(9), (array, start) => {
        const file = encodeNpy(array)
        const buffer = new Uint8Array(start + file.length)
        buffer.set(file, start)
        expectSame(decodeNpy(buffer.subarray(start)), array)
      }),
    )
  })

  it('mean the same in big-endian byte order', () => {
    fc.assert(
      fc.property(ndArray, (array) => {
        const file = rewritten(encodeNpy(array), { "'<": "'>" }, swapped(array.data))
        expectSame(decodeNpy(file), array)
      }),
    )
  })

  it('mean the same in column-major order', () => {
    fc.assert(
      fc.property(ndArray, (array) => {
        expectSame(decodeNpy(rewritten(encodeNpy(array), { False: 'True ' }, columnMajor(array))), array)
      }),
      { numRuns: 500 },
    )
  })

  it('mean the same in column-major order when planes are larger than a tile', () => {
    const side = fc.integer({ min: 30, max: 70 })
    fc.assert(
      fc.property(dtype, side, fc.integer({ min: 1, max: 3 }), side, ({ itemBytes, view }, first, middle, last) => {
        const count = first * middle * last
        const raw = Uint8Array.from({ length: count * itemBytes }, (_, index) => (index * 2_654_435_761) >>> 11)
        const array = { shape: [first, middle, last], data: view(raw.buffer, 0, count) }
        expectSame(decodeNpy(rewritten(encodeNpy(array), { False: 'True ' }, columnMajor(array))), array)
      }),
      { numRuns: 20 },
    )
  })

  it('give back booleans', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 1)), (values) => {
        const array = { shape: [values.length], data: Uint8Array.from(values) }
        expectSame(decodeNpy(encodeNpy(array, { dtype: 'bool' })), array)
      }),
    )
  })
})

describe('damaged npy files', () => {
  it('fail with a coded error at every length they are cut to', () => {
    fc.assert(
      fc.property(ndArray, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (array, part) => {
        const file = encodeNpy(array)
        const cut = file.subarray(0, Math.floor(part * file.length))
        expect(() => decodeNpy(cut)).toThrow(expect.objectContaining({ code: 'CAIRN_NPY_INVALID' }))
      }),
    )
  })

  it('decode or fail with a coded error after random changes of bytes', () => {
    const change = fc.tuple(fc.nat(200), fc.nat(255))
    fc.assert(
      fc.property(ndArray, fc.array(change, { minLength: 1, maxLength: 8 }), (array, changes) => {
        const file = encodeNpy(array)
        for (const [index, value] of changes) file[index % file.length] = value
        expectCodedOutcome(file)
      }),
      { numRuns: 2000 },
    )
  })

  it('decode or fail with a coded error when pieces of a header are put together at random', () => {
    const piece = fc.oneof(
      fc.constantFrom('{', '}', '(', ')', '[', ']', ',', ':', "'", '"', '\\', ' ', '\n', '-', 'L', 'True', 'None'),
      fc.constantFrom(
        "'descr': '<f8',",
        "'fortran_order': True,",
        "'shape': (0, 3),",
        "'shape': ",
        "'|b1'",
        '9'.repeat(30),
      ),
      fc.string({ maxLength: 4 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.uint8Array({ maxLength: 24 }), (pieces, data) => {
        const text = Buffer.from(pieces.join(''), 'latin1')
        expectCodedOutcome(Buffer.concat([Buffer.from([0x93]), Buffer.from('NUMPY\x01\0'), lengthOf(text), text, data]))
      }),
      { numRuns: 2000 },
    )
  })

  it('decode or fail with a coded error when they are random bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), expectCodedOutcome))
  })
})

function lengthOf(text: Uint8Array): Uint8Array {
  return Uint8Array.of(text.length & 0xff, text.length >> 8)
}
