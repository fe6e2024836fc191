import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import nodePath from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import type { Image } from '../image/image.ts'
import { jpegHeader } from '../image/jpeg-header.ts'
import { decodePng, encodePng } from '../image/png.ts'

/** Prints what Pillow reads in our pictures, and writes pictures of every kind. */
const SCRIPT = `
print("ready")
import json, sys
try:
    from PIL import Image
except ImportError as error:
    print(json.dumps({"missing": str(error)}))
    sys.exit(0)
folder = sys.argv[1]
found = {}
for name in json.load(open(folder + "/names.json")):
    with Image.open(folder + "/" + name + ".png") as image:
        found[name] = {"size": list(image.size), "bytes": list(image.tobytes())}
base = Image.new("RGB", (5, 3), (10, 200, 30))
base.putpixel((4, 2), (1, 2, 3))
base.save(folder + "/rgb.png", optimize=True)
base.quantize(4).save(folder + "/palette.png")
base.convert("1").save(folder + "/bits.png")
base.save(folder + "/plain.jpg", quality=90)
base.save(folder + "/progressive.jpg", progressive=True)
base.convert("L").save(folder + "/grey.jpg")
print(json.dumps({"found": found}))
`

interface Found {
  readonly missing?: string
  readonly found?: Readonly<Record<string, { readonly size: readonly number[]; readonly bytes: readonly number[] }>>
}

const folder = mkdtempSync(nodePath.join(os.tmpdir(), 'cairn-pillow-'))
const removeFolder = (): void => rmSync(folder, { recursive: true, force: true })
afterAll(removeFolder)

const pixels = (channels: Image['channels']): Image => ({
  width: 3,
  height: 2,
  channels,
  data: Uint8Array.from({ length: 6 * channels }, (_, index) => (index * 41) % 256),
})
const images: Readonly<Record<string, Image>> = {
  grey: pixels(1),
  greyAlpha: pixels(2),
  colour: pixels(3),
  alpha: pixels(4),
}
const python = process.env['CAIRN_TEST_PYTHON'] ?? 'python3'
const pillow = await runPython()
const skipNote = pillow.missing === undefined ? '' : ` (skipped: ${pillow.missing})`
if (skipNote !== '') {
  console.warn(`Interoperability of pictures with Pillow is not tested${skipNote}`)
  // Hooks of a file without running tests are not called.
  removeFolder()
}

async function runPython(): Promise<Found> {
  for (const [name, image] of Object.entries(images)) {
    writeFileSync(nodePath.join(folder, `${name}.png`), await encodePng(image))
  }
  writeFileSync(nodePath.join(folder, 'names.json'), JSON.stringify(Object.keys(images)))
  const { error, status, stdout, stderr } = spawnSync(python, ['-c', SCRIPT, folder], { encoding: 'utf8' })
  const [ready, json = ''] = (stdout ?? '').split(/\r?\n/)
  if (ready !== 'ready') return { missing: `${python} does not start: ${error?.message ?? stderr.trim()}` }
  if (status !== 0) throw new Error(`${python} failed: ${stderr}`)
  // Sound: the script above prints exactly this.
  const output = JSON.parse(json) as Found
  return output.missing === undefined ? output : { missing: `${python}: ${output.missing}` }
}

describe.skipIf(skipNote !== '')(`Pillow${skipNote}`, () => {
  const file = (name: string): Buffer => readFileSync(nodePath.join(folder, name))

  it.each(Object.entries(images))('reads what is written: %s', (name, { width, height, data }) => {
    expect(pillow.found?.[name]).toEqual({ size: [width, height], bytes: [...data] })
  })

  it.each(['rgb.png', 'palette.png'])('writes %s, which is read as the picture', async (name) => {
    const { width, height, channels, data } = await decodePng(file(name))
    expect([width, height, channels]).toEqual([5, 3, 3])
    expect([...data.slice(0, 3), ...data.slice(-3)]).toEqual([10, 200, 30, 1, 2, 3])
  })

  it('writes pictures of one bit, which are refused', async () => {
    await expect(decodePng(file('bits.png'))).rejects.toThrow('1 bits per channel are not supported')
  })

  it.each([
    ['plain.jpg', 3],
    ['progressive.jpg', 3],
    ['grey.jpg', 1],
  ])('writes %s, whose size is told', (name, channels) => {
    expect(jpegHeader(file(name))).toEqual({ width: 5, height: 3, channels })
  })
})
