import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import nodePath from 'node:path'

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'

import { MemoryArtifactStore } from '../artifact-store/memory-artifact-store.ts'
import { isCairnError } from '../errors/cairn-error.ts'
import { artifactStore, type AnyComponentDefinition } from '../plugin/define-plugin.ts'
import { componentOptions } from './component-options.ts'

let projectDir: string
beforeEach(async () => {
  projectDir = await mkdtemp(nodePath.join(os.tmpdir(), 'cairn-options-'))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(projectDir, { recursive: true, force: true })
})

const SCHEMA = z.strictObject({
  bucket: z.string().optional(),
  retries: z.int().optional(),
  key: z.string().min(10).meta({ secret: true }).optional(),
  endpoint: z.strictObject({ url: z.string(), password: z.string().meta({ secret: true }) }).optional(),
  tokens: z.array(z.string().meta({ secret: true })).optional(),
  either: z.union([z.string(), z.object({ secretKey: z.string().meta({ secret: true }) })]).optional(),
})
const definition = artifactStore({
  type: 's3',
  options: async () => SCHEMA as z.ZodType<object>,
  create: () => new MemoryArtifactStore(),
})
const opened = (
  given: Readonly<Record<string, unknown>>,
  of: AnyComponentDefinition = definition,
): Promise<() => unknown> =>
  componentOptions({
    definition: of,
    given,
    component: 'artifactStore (s3)',
    path: ['artifactStore'],
    place: (path, kind) => `ci.yaml ${path.join('.')} ${kind ?? ''}`,
    projectDir,
  })
const problem = async (given: Readonly<Record<string, unknown>>): Promise<string> => {
  try {
    ;(await opened(given))()
    return 'none'
  } catch (error) {
    return isCairnError(error) ? `${error.code} ${error.message} ${JSON.stringify(error.details)}` : String(error)
  }
}

describe('secrets of a component', () => {
  it('are read from variables and files when it is created, and not before', async () => {
    vi.stubEnv('THE_KEY', undefined)
    const options = await opened({
      bucket: 'b',
      key: '${env:THE_KEY}',
      endpoint: { url: 'u', password: { file: 'pw.txt' } },
      tokens: ['Bearer ${env:THE_KEY}'],
      either: { secretKey: '${env:THE_KEY}' },
    })
    expect(options).toThrow('ci.yaml artifactStore.key')
    vi.stubEnv('THE_KEY', '0123456789')
    await writeFile(nodePath.join(projectDir, 'pw.txt'), 'from a file\n')
    expect(options()).toEqual({
      bucket: 'b',
      key: '0123456789',
      endpoint: { url: 'u', password: 'from a file' },
      tokens: ['Bearer 0123456789'],
      either: { secretKey: '0123456789' },
    })
  })

  it.each([
    [{ key: 'the secret itself' }, /CAIRN_STACK_SECRET .*artifactStore\.key.*is not written into a stack/],
    [{ either: { secretKey: 'the secret itself' } }, /CAIRN_STACK_SECRET .*either\.secretKey/],
    [{ key: { file: 'no.txt' } }, /CAIRN_STACK_SECRET .*no\.txt cannot be read \(it is not there\)/],
    [{ key: { file: '.' } }, /CAIRN_STACK_SECRET .*cannot be read \(it is not a file\)/],
    [{ key: { file: 'a', other: 1 } }, /CAIRN_STACK_SECRET .*is not written into a stack/],
    [{ key: '${env:NOT SET}' }, /"NOT SET" is no name of a variable/],
    [{ key: '${env:CAIRN_TEST_UNSET}' }, /the variable CAIRN_TEST_UNSET is not set/],
    [{ bucket: 'a-${env:HOME}' }, /CAIRN_STACK_SECRET .*artifactStore\.bucket.* not marked as secret/],
    [{ endpoint: { url: '${env:HOME}' } }, /CAIRN_STACK_SECRET .*endpoint\.url/],
    [{ unknown: '${env:HOME}' }, /CAIRN_STACK_SECRET .*unknown/],
  ])('are refused with their place: %j', async (given, message) => {
    const text = await problem(given)
    expect(text).toMatch(message)
    expect(text).not.toContain('the secret itself')
    expect(text).not.toContain(process.env['HOME'])
  })

  it.each(['NOT SET', '', ' THE_KEY ', 'constructor()'])(
    'are refused before anything is read where %j is to be a variable',
    async (name) => {
      const request = {
        definition,
        given: { key: `a-${'$'}{env:${name}}` },
        component: 'artifactStore (x)',
        projectDir,
      }
      const checking = componentOptions({ ...request, path: ['artifactStore'] })
      await expect(checking).rejects.toMatchObject({ code: 'CAIRN_STACK_SECRET' })
    },
  )

  it('are not shown where their value does not fit', async () => {
    vi.stubEnv('THE_KEY', 'short')
    const text = await problem({ key: '${env:THE_KEY}' })
    expect(text).toMatch(/CAIRN_COMPONENT_OPTIONS .*ci\.yaml artifactStore\.key.*was a secret/)
    expect(text).not.toContain('short')
  })
})

describe('options', () => {
  it.each([
    [{ buckt: 'b' }, 'ci.yaml artifactStore.buckt key: there is no option "buckt" (did you mean "bucket"?)'],
    [{ endpoint: { url: 'u', pasword: 1 } }, 'there is no option "pasword" (did you mean "password"?)'],
    [{ zzzzzzzz: 1 }, 'it can be bucket, retries, key, endpoint, tokens, either'],
    [{ retries: 'x' }, 'ci.yaml artifactStore.retries : retries: Invalid input: expected'],
  ])('%j are refused with place and the nearest known name', async (given, message) => {
    expect(await problem(given)).toContain(message)
  })

  it('of a schema that cannot tell its fields are checked by it alone', async () => {
    const plain = artifactStore({
      type: 's3',
      options: async () => ({
        '~standard': { version: 1, vendor: 'x', validate: (value) => ({ value: value as object }) },
      }),
      create: () => new MemoryArtifactStore(),
    })
    expect((await opened({ anything: 1 }, plain))()).toEqual({ anything: 1 })
    await expect(opened({ anything: '${env:HOME}' }, plain)).rejects.toMatchObject({ code: 'CAIRN_STACK_SECRET' })
  })
})

it('says all that is wrong with options at once', async () => {
  const options = async () => z.strictObject({ bucket: z.string(), retries: z.number().optional() })
  const strict = artifactStore({ options, create: () => new MemoryArtifactStore() })
  await expect(opened({ buckt: 'b', retries: 'no' }, strict)).rejects.toMatchObject({
    details: {
      problem: expect.stringMatching(
        /there is no option "buckt" \(did you mean "bucket"\?\); .*: bucket: .*\(was missing\); .*: retries: .*\(was "no"\)$/,
      ) as string,
    },
  })
})
