import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { MemoryArtifactStore } from '../artifact-store/memory-artifact-store.ts'
import { artifactStore } from '../plugin/define-plugin.ts'
import type { InstalledComponent } from './installed-plugins.ts'
import { stackJsonSchema } from './stack-json-schema.ts'

const component = (options: z.ZodType<object> | undefined): InstalledComponent => ({
  port: 'artifactStore',
  use: 's3',
  plugin: '@cairnml/plugin-s3',
  type: 's3',
  definition: artifactStore<object>({
    options: options && (async () => options),
    create: () => new MemoryArtifactStore(),
  }),
})

describe('the JSON Schema of stack files', () => {
  it('has the options of each component beside its name, and references in place of secrets', async () => {
    const options = z.strictObject({ bucket: z.string(), key: z.string().meta({ secret: true }).optional() })
    const schema = await stackJsonSchema([component(options)])
    expect(schema).toMatchObject({
      additionalProperties: false,
      properties: {
        artifactStore: {
          anyOf: [
            {
              type: 'object',
              properties: {
                use: { const: 's3' },
                bucket: { type: 'string' },
                key: { anyOf: [{ type: 'string', pattern: expect.any(String) as string }, { type: 'object' }] },
              },
              required: ['use', 'bucket'],
              additionalProperties: false,
            },
            { properties: { use: { type: 'string', not: { enum: ['s3'] } } } },
          ],
        },
      },
    })
  })

  it('offers the names of all components of a port, and any other one', async () => {
    const { properties } = (await stackJsonSchema([component(undefined)])) as {
      readonly properties: Readonly<Record<string, unknown>>
    }
    expect(properties['artifactStore']).toMatchObject({
      properties: { use: { anyOf: [{ const: 's3' }, { type: 'string' }] } },
    })
    expect(properties['provenance']).toMatchObject({
      anyOf: [{ properties: { use: { type: 'string' } }, required: ['use'] }],
    })
  })

  it('lets no variable, and no empty text, name a plugin or a file', async () => {
    const { properties } = (await stackJsonSchema([component(undefined)])) as {
      readonly properties: { readonly extends: { readonly pattern: string }; readonly artifactStore: object }
    }
    const { pattern } = properties.extends
    expect(['./base.yaml', '@acme/x#cold'].filter((text) => new RegExp(pattern).test(text))).toHaveLength(2)
    expect(['', '${env:HOME}', 'a${env:X}'].filter((text) => new RegExp(pattern).test(text))).toEqual([])
    expect(properties.artifactStore).toMatchObject({
      properties: { use: { anyOf: [{ const: 's3' }, { type: 'string', pattern }] } },
    })
  })

  it('has no empty list of values, with which editors refuse the whole schema', async () => {
    expect(JSON.stringify(await stackJsonSchema([]))).not.toContain('"enum":[]')
  })

  it('leaves open what a schema cannot tell, and closes what takes no options', async () => {
    const open = await stackJsonSchema([component(z.custom<object>())])
    const closed = await stackJsonSchema([component(undefined)])
    const first = (schema: object): unknown =>
      (schema as { properties: { artifactStore: { anyOf: readonly object[] } } }).properties.artifactStore.anyOf[0]
    expect(first(closed)).toMatchObject({ additionalProperties: false })
    expect(first(open)).not.toMatchObject({ additionalProperties: false })
  })

  it.each<[string, () => Promise<never>]>([
    ['cannot be loaded', () => Promise.reject(new Error('no'))],
    ['never comes', () => new Promise(() => {})],
  ])('leaves open the options of a component whose schema %s', async (_what, options) => {
    const broken = {
      ...component(undefined),
      definition: artifactStore({ options, create: () => new MemoryArtifactStore() }),
    }
    const schema = await stackJsonSchema([broken, component(z.strictObject({}))], { timeoutMs: 10 })
    const { anyOf } = (schema as { properties: { artifactStore: { anyOf: readonly object[] } } }).properties
      .artifactStore
    expect(anyOf[0]).toMatchObject({ properties: { use: { const: 's3' } }, additionalProperties: true })
  })
})
