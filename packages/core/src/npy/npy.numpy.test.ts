import { Buffer } from 'node:buffer'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { decodeNpy } from './decode-npy.ts'
import { BOOL_DTYPE, DTYPE_BY_ARRAY, type NpyDtype } from './dtypes-data.ts'
import { encodeNpy } from './encode-npy.ts'
import type { NdArray } from './nd-array.ts'

interface Case {
  readonly name: string
  readonly descr: string
  readonly array: NdArray
}

const SHAPES = [
  [],
  [0],
  [1],
  [7],
  [3, 4],
  [1, 5],
  [2, 0, 3],
  [2, 3, 4],
  [33, 2, 65],
  [2, 1, 3, 2, 2],
  Array<number>(16).fill(1),
]
const VARIANTS = ['c', 'fortran', 'big', 'big-fortran', 'version2', 'version3']
const UNSUPPORTED: Readonly<Record<string, string>> = {
  complex: '<c16',
  text: '<U3',
  bytes: '|S3',
  object: '|O',
  datetime: '<M8[s]',
  structured: "[('größe', '<f4'), ('b', '|u1')]",
}

/**
 * Reads and writes the files of every case with NumPy; prints "ready" and a JSON object of what it found per case.
 * NumPy before 1.24 counts as missing: it pads the headers of arrays of 15 axes and more differently.
 */
const SCRIPT = `
print("ready")
import json, sys, warnings
try:
    import numpy as np
    from numpy.lib.format import GROWTH_AXIS_MAX_DIGITS
except ImportError as error:
    print(json.dumps({"missing": str(error)}))
    sys.exit(0)
warnings.simplefilter("ignore")
folder = sys.argv[1]
found = {}
for case in json.load(open(folder + "/cases.json", encoding="utf-8")):
    path = folder + "/" + case["name"]
    raw = open(path + ".raw", "rb").read()
    array = np.frombuffer(raw, dtype=case["descr"]).reshape(case["shape"])
    big = array.astype(array.dtype.newbyteorder(">"))
    np.save(path + ".c.npy", array)
    np.save(path + ".fortran.npy", array.copy(order="F"))
    np.save(path + ".big.npy", big)
    np.save(path + ".big-fortran.npy", big.copy(order="F"))
    for version in (2, 3):
        with open(path + ".version%d.npy" % version, "wb") as file:
            np.lib.format.write_array(file, array, version=(version, 0))
    ours = np.load(path + ".ours.npy", allow_pickle=False)
    found[case["name"]] = {
        "descr": ours.dtype.str, "shape": list(ours.shape), "sameBits": ours.tobytes() == raw,
    }
np.save(folder + "/complex.npy", np.zeros(2, "<c16"))
np.save(folder + "/text.npy", np.array(["abc"]).astype("<U3"))
np.save(folder + "/bytes.npy", np.array([b"abc"]))
np.save(folder + "/object.npy", np.array([{}, None], dtype=object))
np.save(folder + "/datetime.npy", np.zeros(1, "<M8[s]"))
np.save(folder + "/structured.npy", np.zeros(1, [("gr\\u00f6\\u00dfe", "<f4"), ("b", "|u1")]))
print(json.dumps({"found": found}))
`

const folder = mkdtempSync(join(tmpdir(), 'cairn-npy-'))
afterAll(removeFolder)

const cases = [BOOL_DTYPE, ...Object.values(DTYPE_BY_ARRAY)].flatMap((dtype) =>
  SHAPES.map((shape): Case => {
    const name = `${dtype.code}-${shape.join('x') || 'scalar'}`
    return { name, descr: dtype.descr, array: { shape, data: sample(dtype, shape) } }
  }),
)
const numpy = runNumpy()
const skipNote = numpy.missing === undefined ? '' : ` (skipped: ${numpy.missing})`
if (skipNote !== '') {
  console.warn(`NumPy interoperability is not tested${skipNote}`)
  // Hooks of a file without running tests are not called.
  removeFolder()
}

function removeFolder(): void {
  rmSync(folder, { recursive: true, force: true })
}

/** Elements of fixed pseudo-random bits, among them NaN with payloads. */
function sample(dtype: NpyDtype, shape: readonly number[]): NdArray['data'] {
  const count = shape.reduce((product, length) => product * length, 1)
  let state = 12_345
  const raw = Uint8Array.from({ length: count * dtype.itemBytes }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return dtype === BOOL_DTYPE ? (state >>> 16) & 1 : state >>> 16
  })
  const isSignalingNaN = dtype.code === 'f4' && count > 2
  if (isSignalingNaN) new DataView(raw.buffer).setUint32(8, 0x7f800abc, true)
  return dtype.view(raw.buffer, 0, count)
}

function bits({ data }: NdArray): Buffer {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength)
}

interface Found {
  readonly descr: string
  readonly shape: readonly number[]
  readonly sameBits: boolean
}

function runNumpy(): { readonly missing?: string; readonly found: Readonly<Record<string, Found>> } {
  for (const { name, descr, array } of cases) {
    writeFileSync(join(folder, `${name}.raw`), bits(array))
    writeFileSync(join(folder, `${name}.ours.npy`), encodeNpy(array, descr === '|b1' ? { dtype: 'bool' } : {}))
  }
  const list = cases.map(({ name, descr, array }) => ({ name, descr, shape: array.shape }))
  writeFileSync(join(folder, 'cases.json'), JSON.stringify(list))
  const python = process.env['CAIRN_TEST_PYTHON'] ?? 'python3'
  const { error, status, stdout, stderr } = spawnSync(python, ['-c', SCRIPT, folder], { encoding: 'utf8' })
  const [ready, json = ''] = (stdout ?? '').split(/\r?\n/)
  if (ready !== 'ready') return { missing: `${python} does not start: ${error?.message ?? stderr.trim()}`, found: {} }
  if (status !== 0) throw new Error(`${python} failed: ${stderr}`)
  // Sound: the script above prints exactly this.
  const output = JSON.parse(json) as { readonly missing?: string; readonly found?: Record<string, Found> }
  if (output.missing !== undefined) return { missing: `${python}: ${output.missing}`, found: {} }
  return { found: output.found ?? {} }
}

describe.skipIf(skipNote !== '')(`NumPy${skipNote}`, () => {
  it.each(cases)('loads what is written: $name', ({ name, descr, array }) => {
    expect(numpy.found[name]).toEqual({ descr, shape: array.shape, sameBits: true })
  })

  it.each(cases)('saves the same bytes: $name', ({ name }) => {
    const ours = readFileSync(join(folder, `${name}.ours.npy`))
    expect(ours.equals(readFileSync(join(folder, `${name}.c.npy`)))).toBe(true)
  })

  it.each(cases)('saves files that are read in every order and version: $name', ({ name, array }) => {
    for (const variant of VARIANTS) {
      const decoded = decodeNpy(readFileSync(join(folder, `${name}.${variant}.npy`)))
      expect(decoded.shape, variant).toEqual(array.shape)
      expect(decoded.data[Symbol.toStringTag], variant).toBe(array.data[Symbol.toStringTag])
      expect(bits(decoded).equals(bits(array)), variant).toBe(true)
    }
  })

  it.each(Object.entries(UNSUPPORTED))('saves %s arrays, which are refused by dtype', (name, dtype) => {
    const bytes = readFileSync(join(folder, `${name}.npy`))
    expect(() => decodeNpy(bytes)).toThrow(expect.objectContaining({ code: 'CAIRN_NPY_DTYPE', details: { dtype } }))
  })
})
