import { describe, expect, it } from 'vitest'
import { decodeNpy } from './decode-npy.ts'
import { encodeNpy } from './encode-npy.ts'

interface FileParts {
  readonly version?: 1 | 2 | 3
  readonly data?: string | Uint8Array
}

/** A file with any header text; the data are hexadecimal digits or bytes. */
function file(header: string, parts: FileParts = {}): Uint8Array {
  const version = parts.version ?? 1
  const data = parts.data ?? ''
  const text = Buffer.from(header, version === 3 ? 'utf8' : 'latin1')
  const length = Buffer.alloc(version === 1 ? 2 : 4)
  length.writeUIntLE(text.length, 0, length.length)
  const prefix = Buffer.from(`\x93NUMPY${String.fromCharCode(version)}\0`, 'latin1')
  const body = typeof data === 'string' ? Buffer.from(data, 'hex') : data
  // A fresh buffer of its own size, not a slice of Node's pool.
  return Uint8Array.from(Buffer.concat([prefix, length, text, body]))
}

function dict(descr: string, shape: string, fortran = 'False'): string {
  return `{'descr': ${descr}, 'fortran_order': ${fortran}, 'shape': ${shape}, }\n`
}

function failure(bytes: Uint8Array): unknown {
  try {
    return decodeNpy(bytes)
  } catch (error) {
    // Sound: a failed expectation on these fields shows any other error.
    const { code, details } = error as { readonly code?: string; readonly details?: unknown }
    return { code, details }
  }
}

describe('decodeNpy', () => {
  it.each([1, 2, 3] as const)('reads format version %i.0', (version) => {
    const bytes = file(dict("'<i2'", '(2, 1)'), { version, data: '0100feff' })
    expect(decodeNpy(bytes)).toEqual({ shape: [2, 1], data: Int16Array.of(1, -2) })
  })

  it.each([
    ["'>i2'", '(1,)', 'fffe', Int16Array.of(-2)],
    ["'>u4'", '(1,)', '01020304', Uint32Array.of(0x01020304)],
    ["'>i8'", '(1,)', '0000000000000102', BigInt64Array.of(258n)],
    ["'>f8'", '()', '3ff8000000000000', Float64Array.of(1.5)],
    ["'<f2'", '(2,)', '003e00fc', Float16Array.of(1.5, -Infinity)],
    ["'>u1'", '(2,)', '01ff', Uint8Array.of(1, 255)],
    ["'|i1'", '(1,)', 'ff', Int8Array.of(-1)],
    ["'|b1'", '(2,)', '0100', Uint8Array.of(1, 0)],
  ])('reads %s of shape %s', (descr, shape, data, expected) => {
    expect(decodeNpy(file(dict(descr, shape), { data })).data).toEqual(expected)
  })

  it('puts column-major data into row-major order', () => {
    const bytes = file(dict("'|u1'", '(2, 3)', 'True'), { data: '010402050306' })
    expect(decodeNpy(bytes)).toEqual({ shape: [2, 3], data: Uint8Array.of(1, 2, 3, 4, 5, 6) })
  })

  it('reads headers that other programs write: double quotes, any key order, Python 2 integers, no line break', () => {
    const header = '{"shape":(2L,),"fortran_order":True,"descr":"<u2"}'
    expect(decodeNpy(file(header, { data: '01000200' }))).toEqual({ shape: [2], data: Uint16Array.of(1, 2) })
  })

  it.each(['(0,)', '(3, 0, 2)', '(0, 9007199254740991)'])('reads the empty shape %s', (shape) => {
    for (const fortran of ['True', 'False']) {
      expect(decodeNpy(file(dict("'<f8'", shape, fortran))).data).toEqual(new Float64Array(0))
    }
  })

  it('counts any byte but 0 as true, without touching the file', () => {
    const bytes = file(dict("'|b1'", '(3,)'), { data: '020001' })
    expect(decodeNpy(bytes).data).toEqual(Uint8Array.of(1, 0, 1))
    expect(bytes.at(-3)).toBe(2)
  })

  it.each([
    ["'<c16'", '<c16'],
    ["'|O'", '|O'],
    ["'<U5'", '<U5'],
    ["'<M8[ns]'", '<M8[ns]'],
    ["'<f16'", '<f16'],
    ["'=f8'", '=f8'],
    ["'|f8'", '|f8'],
    ["''", ''],
    ["'__proto__'", '__proto__'],
    ["[('x', '<f4'), ('it\\'s', '<i8', (2,))]", "[('x', '<f4'), ('it\\'s', '<i8', (2,))]"],
  ])('names the unsupported dtype %s', (descr, dtype) => {
    expect(failure(file(dict(descr, '(1,)')))).toEqual({ code: 'CAIRN_NPY_DTYPE', details: { dtype } })
  })

  it('names dtypes with UTF-8 field names, cut when they are long', () => {
    const bytes = file(dict(`[('größe', '<f4'), ('${'x'.repeat(500)}', '<f4')]`, '(1,)'), { version: 3 })
    const dtype = expect.stringMatching(/^\[\('größe'.{191}…$/)
    expect(failure(bytes)).toEqual({ code: 'CAIRN_NPY_DTYPE', details: { dtype } })
  })
})

describe('decodeNpy on malformed headers', () => {
  it.each([
    ['nothing', '', 'the header ends too early', 0],
    ['a list', '[]', 'the header is not a dict', 0],
    ['code', '__import__("os")', 'the header is not a Python literal', 0],
    ['an expression', dict("'<f8'", '(1+1,)'), 'the header lacks "," or ")"', 52],
    ['text after the dict', `${dict("'<f8'", '()')}#`, 'the header continues after its dict', 56],
    ['a missing key', "{'descr': '<f8'}", 'the header lacks fortran_order, shape', 0],
    ['an unknown key', "{'x': 1}", 'the header has an unknown key', 1],
    ['a repeated key', "{'shape': (), 'shape': ()}", 'the header has "shape" twice', 14],
    ['a key without value', "{'shape'}", 'the header has a key without ":"', 8],
    ['an unclosed string', "{'shape", 'the header has an unclosed string', 1],
    ['an unclosed escape', "{'shape\\", 'the header has an unclosed string', 1],
    ['an unclosed dict', "{'descr': '<f8', ", 'the header ends too early', 17],
    ['a lone comma', '{,}', 'the header is not a Python literal', 1],
    ['deep nesting', '['.repeat(1000), 'the header is nested too deeply', 16],
    ['a number as order', dict("'<f8'", '()', '1'), 'fortran_order is neither True nor False', 34],
    ['None as order', dict("'<f8'", '()', 'None'), 'fortran_order is neither True nor False', 34],
    ['a list as shape', dict("'<f8'", '[1]'), 'shape is not a tuple', 50],
    ['a number in parentheses as shape', dict("'<f8'", '(1)'), 'the header has a tuple of one without ","', 50],
    ['a float in shape', dict("'<f8'", '(1.0,)'), 'the header lacks "," or ")"', 52],
    ['a string in shape', dict("'<f8'", "('1',)"), 'shape holds something else than integers', 51],
    ['a leading zero', dict("'<f8'", '(01,)'), 'the header has a malformed number', 51],
    ['a lone minus', dict("'<f8'", '(-,)'), 'the header has a malformed number', 51],
    ['a negative axis', dict("'<f8'", '(2, -1)'), 'shape holds a negative number', 54],
    ['a huge axis', dict("'<f8'", '(9007199254740993,)'), 'shape holds a number that is too large', 51],
    ['an endless axis', dict("'<f8'", `(${'9'.repeat(400)},)`), 'shape holds a number that is too large', 51],
  ])('refuses %s', (_, header, reason, offset) => {
    expect(failure(file(header))).toEqual({ code: 'CAIRN_NPY_INVALID', details: { reason, offset: offset + 10 } })
  })

  it.each([
    ['(4294967296, 4294967296)', 'its shape has more elements than can exist'],
    ['(0, 4294967296, 4294967296)', 'its shape has more elements than can exist'],
    ['(1099511627776,)', 'its shape takes 8796093022208 bytes of data, there are 0'],
  ])('refuses the shape %s', (shape, reason) => {
    expect(failure(file(dict("'<f8'", shape)))).toMatchObject({ code: 'CAIRN_NPY_INVALID', details: { reason } })
  })
})

describe('decodeNpy on malformed files', () => {
  const valid = encodeNpy({ shape: [3], data: Float64Array.of(1, 2, 3) })

  it.each([
    [0, 'the file ends within its magic string'],
    [5, 'the file ends within its magic string'],
    [7, 'the file ends within its version'],
    [9, 'the file ends within the length of its header'],
    [127, 'the file ends within its header'],
    [128, 'its shape takes 24 bytes of data, there are 0'],
    [151, 'its shape takes 24 bytes of data, there are 23'],
  ])('refuses a file cut to %i bytes', (length, reason) => {
    const details = { reason, offset: length }
    expect(failure(valid.subarray(0, length))).toEqual({ code: 'CAIRN_NPY_INVALID', details })
  })

  it('refuses trailing bytes, with the place where they start', () => {
    const details = { reason: '2 bytes follow the data', offset: 152 }
    expect(failure(Uint8Array.from([...valid, 0, 0]))).toEqual({ code: 'CAIRN_NPY_INVALID', details })
  })

  it.each([
    [1, 0, 'the file does not start with the magic string', 1],
    [6, 0, 'format version 0.0 is unknown', 6],
    [6, 4, 'format version 4.0 is unknown', 6],
    [7, 1, 'format version 1.1 is unknown', 6],
  ])('refuses a file whose byte %i is %i', (index, value, reason, offset) => {
    expect(failure(valid.with(index, value))).toEqual({ code: 'CAIRN_NPY_INVALID', details: { reason, offset } })
  })

  it('refuses a header longer than 1 MiB before it looks for it', () => {
    const bytes = Uint8Array.from(Buffer.from('\x93NUMPY\x02\x00\xff\xff\xff\xff', 'latin1'))
    const details = { reason: 'a header of 4294967295 bytes is too long', offset: 8 }
    expect(failure(bytes)).toEqual({ code: 'CAIRN_NPY_INVALID', details })
  })
})

describe('memory of decoded arrays', () => {
  const valid = encodeNpy({ shape: [3], data: Float64Array.of(1, 2, 3) })

  it('is the memory of the file when the data are aligned in it', () => {
    expect(decodeNpy(valid).data.buffer).toBe(valid.buffer)
  })

  it('is a copy when the data are misaligned', () => {
    const shifted = new Uint8Array(valid.length + 1)
    shifted.set(valid, 1)
    const { data } = decodeNpy(shifted.subarray(1))
    expect(data).toEqual(Float64Array.of(1, 2, 3))
    expect(data.buffer.byteLength).toBe(24)
  })

  it('is a copy when the file is a small part of a larger buffer', () => {
    const pool = Buffer.alloc(8192)
    pool.set(valid, 512)
    const { data } = decodeNpy(pool.subarray(512, 512 + valid.length))
    expect(data).toEqual(Float64Array.of(1, 2, 3))
    expect(data.buffer.byteLength).toBe(24)
  })

  it('never is the memory of the file when bytes have to move', () => {
    for (const [descr, shape, fortran] of [
      ["'>u2'", '(2, 2)', 'False'],
      ["'<u2'", '(2, 2)', 'True'],
      ["'>u2'", '(2, 2)', 'True'],
    ] as const) {
      const bytes = file(dict(descr, shape, fortran), { data: '0102030405060708' })
      const before = Uint8Array.from(bytes)
      expect(decodeNpy(bytes).data.buffer).not.toBe(bytes.buffer)
      expect(bytes).toEqual(before)
    }
  })
})
