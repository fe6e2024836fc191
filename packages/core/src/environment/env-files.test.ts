import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import nodePath from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { loadEnvFiles } from './env-files.ts'

let dir: string
const file = (name: string): string => nodePath.join(dir, name)

beforeAll(async () => {
  dir = await mkdtemp(nodePath.join(os.tmpdir(), 'cairn-env-'))
  await writeFile(file('a'), '# first\nONE=a\nexport TWO="a b"\nTHREE=a\n__proto__=x\n')
  await writeFile(file('b'), 'TWO=b\nTHREE=b\n')
  await writeFile(file('c'), 'THREE=c\nEMPTY=\n')
})
afterAll(() => rm(dir, { recursive: true }))

describe('loadEnvFiles', () => {
  it('lets later files win, wanted ones over known ones, and what is set over all', () => {
    const environment: NodeJS.ProcessEnv = { ONE: 'set' }
    loadEnvFiles({ known: [file('a'), file('b')], wanted: [file('c')] }, environment)
    expect(environment).toMatchObject({ ONE: 'set', TWO: 'b', THREE: 'c', EMPTY: '' })
  })

  it('leaves a variable alone that is set to nothing', () => {
    const environment: NodeJS.ProcessEnv = { ONE: '' }
    loadEnvFiles({ wanted: [file('a')] }, environment)
    expect(environment).toMatchObject({ ONE: '', TWO: 'a b' })
  })

  it('skips a known file that is not there, and refuses a wanted one', () => {
    expect(() => loadEnvFiles({ known: [file('none')] }, {})).not.toThrow()
    expect(() => loadEnvFiles({ wanted: [file('none')] }, {})).toThrow(
      expect.objectContaining({
        code: 'CAIRN_CONFIG_MISSING',
        details: expect.objectContaining({ file: file('none') }),
      }),
    )
  })

  it('refuses a folder, also a known one', () => {
    expect(() => loadEnvFiles({ known: [dir] }, {})).toThrow(expect.objectContaining({ code: 'CAIRN_CONFIG_MISSING' }))
  })
})
