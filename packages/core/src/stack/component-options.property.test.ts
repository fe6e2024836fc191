import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import os from 'node:os'
import nodePath from 'node:path'

import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'

import { MemoryArtifactStore } from '../artifact-store/memory-artifact-store.ts'
import { isCairnError } from '../errors/cairn-error.ts'
import { artifactStore } from '../plugin/define-plugin.ts'
import { componentOptions } from './component-options.ts'

const CANARY = 'sings-in-the-mine'
const secret = (): z.ZodString => z.string().meta({ secret: true })

/** Secrets in all shapes that schemas have; the same names stand for what is no secret in other branches. */
const SCHEMA = z.strictObject({
  bucket: z.string().optional(),
  count: z.int().optional(),
  key: secret().optional(),
  nullable: secret().nullable().optional(),
  wrapped: z.union([z.string(), z.number()]).meta({ secret: true }).optional(),
  labels: z.record(z.string(), z.string()).optional(),
  headers: z.record(z.string(), secret()).optional(),
  names: z.array(z.string()).optional(),
  tokens: z.array(secret()).optional(),
  pair: z.tuple([z.string(), secret()]).optional(),
  either: z.union([z.string(), z.strictObject({ key: secret() })]).optional(),
  clash: z.union([secret(), z.string()]).optional(),
  auth: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('none'), note: z.string(), key: z.string().optional() }),
      z.strictObject({ kind: z.literal('basic'), note: secret(), key: z.string().optional() }),
    ])
    .optional(),
  open: z.looseObject({ key: secret().optional() }).optional(),
  mixed: z.union([z.looseObject({ a: z.string().optional() }), z.strictObject({ b: secret() })]).optional(),
  both: z.intersection(z.object({ note: z.string() }), z.object({ key: secret() })).optional(),
})

/** Where the schema marks a secret, said once more by hand. */
const SECRET_PATHS =
  /^(?:key|nullable|wrapped|headers\/[^/]*|tokens\/\d+|pair\/1|either\/key|open\/key|both\/key|auth\/note<basic>)$/

const definition = artifactStore({
  type: 's3',
  options: async () => SCHEMA as z.ZodType<object>,
  create: () => new MemoryArtifactStore(),
})

let projectDir: string
beforeAll(async () => {
  projectDir = await mkdtemp(nodePath.join(os.tmpdir(), 'cairn-hostile-'))
  await writeFile(nodePath.join(projectDir, 'token.txt'), CANARY)
  await symlink(nodePath.join(projectDir, 'token.txt'), nodePath.join(projectDir, 'link.txt'))
})
afterAll(() => rm(projectDir, { recursive: true, force: true }))
beforeEach(() => vi.stubEnv('CANARY', CANARY))
afterEach(() => vi.unstubAllEnvs())

async function outcome(given: Readonly<Record<string, unknown>>): Promise<{ readonly options: unknown } | undefined> {
  try {
    const create = await componentOptions({
      definition,
      given,
      component: 'artifactStore (s3)',
      path: ['artifactStore'],
      projectDir,
    })
    return { options: create() }
  } catch (error) {
    if (!isCairnError(error)) throw error
    expect(JSON.stringify([error.code, error.message, error.hint, error.details])).not.toContain(CANARY)
    return undefined
  }
}

/** The paths at which a value holds the canary; one in a branch of `auth` names the branch. */
function canaryPaths(value: unknown, path = '', kind = ''): readonly string[] {
  if (typeof value === 'string') return value.includes(CANARY) ? [`${path}${kind}`] : []
  if (typeof value !== 'object' || value === null) return []
  const branch = path === 'auth' && 'kind' in value ? `<${String(value.kind)}>` : ''
  return Object.entries(value).flatMap(([name, inner]) => [
    ...(name.includes(CANARY) ? [`key ${path}.${name}`] : []),
    ...canaryPaths(inner, path === '' ? name : `${path}/${encodeURIComponent(name)}`, branch),
  ])
}

const HIDDEN = [
  '${env:CANARY}',
  'https://evil.example/${env:CANARY}',
  '${env:CANARY}${env:CANARY}',
  '$${env:CANARY}',
  '${env:${env:CANARY}}',
  '${env:CANARY',
  '${ENV:CANARY}',
  '${env: CANARY}',
  '${env:__proto__}',
]
const text = fc.oneof(fc.constantFrom(...HIDDEN), fc.constantFrom('plain', 'none', 'basic', ''), fc.string())
const leaf = fc.oneof(
  { weight: 6, arbitrary: text },
  {
    weight: 2,
    arbitrary: fc.constantFrom('token.txt', 'link.txt', '../x', '/dev/zero', '.').map((file) => ({ file })),
  },
  { weight: 1, arbitrary: fc.oneof(fc.integer(), fc.boolean(), fc.constant(null)) },
)
const name = fc.oneof(
  fc.constantFrom('kind', 'note', 'key', 'a', 'b', 'file', '0', '1', 'constructor', 'toString', ...HIDDEN),
  fc.string({ unit: 'binary-ascii' }),
)
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.dictionary(name, tie('value'), { maxKeys: 4 }),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
}))
const anything = fc.dictionary(fc.oneof(fc.constantFrom(...Object.keys(SCHEMA.shape)), name), value, { maxKeys: 3 })
/** Of the shape that the schema has, and few at a time, so that most of it passes. */
const fitting = fc
  .subarray(
    [
      fc.record({ bucket: text }),
      fc.record({ key: leaf }),
      fc.record({ nullable: leaf }),
      fc.record({ wrapped: leaf }),
      fc.record({ labels: fc.dictionary(name, text, { maxKeys: 2 }) }),
      fc.record({ headers: fc.dictionary(name, leaf, { maxKeys: 2 }) }),
      fc.record({ names: fc.array(text, { maxLength: 2 }) }),
      fc.record({ tokens: fc.array(leaf, { maxLength: 2 }) }),
      fc.record({ pair: fc.tuple(text, leaf) }),
      fc.record({ either: fc.oneof(text, fc.record({ key: leaf })) }),
      fc.record({ clash: leaf }),
      fc.record({
        auth: fc.record(
          { kind: fc.constantFrom('none', 'basic'), note: leaf, key: text },
          { requiredKeys: ['kind', 'note'] },
        ),
      }),
      fc.record({ open: fc.dictionary(name, leaf, { maxKeys: 3 }) }),
      fc.record({ mixed: fc.dictionary(fc.constantFrom('a', 'b', 'c'), leaf, { maxKeys: 2 }) }),
      fc.record({ both: fc.record({ note: text, key: leaf }) }),
    ] as fc.Arbitrary<Readonly<Record<string, unknown>>>[],
    { minLength: 1, maxLength: 2 },
  )
  .chain((some) => fc.tuple(...some))
  .map((some) => Object.assign({}, ...some) as Readonly<Record<string, unknown>>)

describe('a stack by whom the project is not meant well', () => {
  it.each([
    ['of any shape', anything],
    ['that fit the schema', fitting],
  ])('cannot bring a variable or a file into anything but a secret: options %s', async (_what, options) => {
    await fc.assert(
      fc.asyncProperty(options, async (given) => {
        const result = await outcome(given)
        const found = result === undefined ? [] : canaryPaths(result.options)
        expect(found.filter((path) => !SECRET_PATHS.test(path))).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    [{ key: '${env:CANARY}' }],
    [{ nullable: '${env:CANARY}' }],
    [{ wrapped: '${env:CANARY}' }],
    [{ headers: { authorization: 'Bearer ${env:CANARY}' } }],
    [{ tokens: ['${env:CANARY}'] }],
    [{ pair: ['a', { file: 'link.txt' }] }],
    [{ either: { key: '${env:CANARY}' } }],
    [{ auth: { kind: 'basic', note: '${env:CANARY}' } }],
    [{ both: { note: 'a', key: '${env:CANARY}' } }],
    [{ open: { key: { file: 'token.txt' } } }],
  ])('can bring one into a secret: %j', async (given) => {
    expect(canaryPaths((await outcome(given))?.options)).toHaveLength(1)
  })

  it.each([[{ clash: 'plain' }], [{ auth: { kind: 'none', note: 'plain' } }], [{ mixed: { a: 'plain', b: 'plain' } }]])(
    'needs no secret where another branch has none: %j',
    async (given) => {
      expect(await outcome(given)).toEqual({ options: given })
    },
  )
})
