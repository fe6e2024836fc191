import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import nodePath from 'node:path'

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { isCairnError } from '../errors/cairn-error.ts'
import { loadProjectConfig } from './project-config.ts'
import { loadRunConfig } from './run-config.ts'

let dir: string
let files = 0

beforeAll(async () => {
  dir = await mkdtemp(nodePath.join(os.tmpdir(), 'cairn-config-'))
})
afterAll(() => rm(dir, { recursive: true }))

const CODES = new Set(['CAIRN_CONFIG_INVALID', 'CAIRN_CONFIG_VARIABLE'])

/** Reads the bytes as both kinds of configuration; anything but a value or a coded error is a fault. */
async function survives(bytes: string | Uint8Array): Promise<void> {
  const file = nodePath.join(dir, `${files++}.yaml`)
  await writeFile(file, bytes)
  for (const load of [loadRunConfig, loadProjectConfig]) {
    try {
      expect(await load(file)).toBeTypeOf('object')
    } catch (error) {
      if (!isCairnError(error) || !CODES.has(error.code)) throw error
      expect(error.message.length).toBeLessThan(3000)
    }
  }
  await rm(file)
}

const PIECES =
  'params steps limits name : - ? { } [ ] , " \' &a *a !!binary !x | > --- ... %YAML # << __proto__ ${env:HOME} ' +
  '${env: 0x1F .nan 1e999 ~ constructor null'
const piece = fc.constantFrom(
  ...PIECES.split(/ /).map((text) => `${text} `),
  ...PIECES.split(/ /),
  '\n',
  '\n  ',
  '\n    ',
  '\t',
  '\r',
  '\u2028',
  '\uFEFF',
  '\0',
  '\uD800',
)
const pieces = fc.array(piece, { maxLength: 40 }).map((parts) => parts.join(''))

const word = fc.constantFrom('params', 'steps', 'train', 'retry', 'attempts', 'tags', 'cache', 'limits', 'name', 'x')
const structure = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 5 }, fc.jsonValue({ maxDepth: 1 }), fc.string(), tie('object'), tie('list')),
  list: fc.array(tie('value'), { maxLength: 4 }),
  object: fc.dictionary(word, tie('value'), { maxKeys: 5 }),
})).object

describe('configuration files', () => {
  it('give a value or a coded error, whatever bytes they hold', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), survives), { numRuns: 100 })
  })

  it('give a value or a coded error, whatever YAML is made of', async () => {
    await fc.assert(fc.asyncProperty(pieces, survives), { numRuns: 300 })
  })

  it('give a value or a coded error, whatever shape they have', async () => {
    const json = structure.map((value) => JSON.stringify(value))
    await fc.assert(fc.asyncProperty(json, survives), { numRuns: 200 })
  })
})
