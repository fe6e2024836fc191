import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import nodePath from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'

import { ARTIFACT_STORE } from '../artifact-store/artifact-store.ts'
import { MemoryArtifactStore } from '../artifact-store/memory-artifact-store.ts'
import { CACHE_INDEX } from '../cache-index/cache-index.ts'
import type { CacheEntry } from '../artifact/result-manifest.ts'
import { CACHE_POLICY, type StepForCaching } from '../cache-policy/cache-policy.ts'
import { ContentCachePolicy } from '../cache-policy/content-policy.ts'
import { token } from '../container/token.ts'
import { METADATA_STORE } from '../metadata-store/metadata-store.ts'
import { InlineOrchestrator } from '../orchestrator/inline-orchestrator.ts'
import { ORCHESTRATOR } from '../orchestrator/orchestrator.ts'
import {
  artifactStore,
  cacheIndex,
  metadataStore,
  orchestrator,
  provenance,
  type ComponentContext,
} from '../plugin/define-plugin.ts'
import { PROVENANCE } from '../provenance/provenance.ts'
import { DEFAULT_STACK, defineStack, type StackDefinition } from './define-stack.ts'
import { openStack, type OpenStack, type StackEnvironment } from './open-stack.ts'

let projectDir: string
let environment: StackEnvironment
beforeEach(async () => {
  projectDir = await mkdtemp(nodePath.join(os.tmpdir(), 'cairn-stack-'))
  environment = { projectDir, fallbackDirs: [], cairnDir: nodePath.join(projectDir, '.cairn') }
})
afterEach(() => rm(projectDir, { recursive: true, force: true }))

const nothing = async (): Promise<undefined> => undefined
const METHODS = {
  get: nothing,
  getMany: nothing,
  put: nothing,
  remove: nothing,
  write: nothing,
  query: nothing,
  changes: nothing,
}
const STORE = 'put() {}, get() {}, stat() {}, list() {}, delete() {}'
const named = (name: string): never => ({ ...METHODS, name, type: name }) as never
/** A stack of components given as code; what a test is about replaces one of them. */
const inline = (changes: Partial<StackDefinition> = {}): StackDefinition =>
  defineStack({
    name: 'test',
    orchestrator: { component: orchestrator({ type: 'inline', create: () => new InlineOrchestrator() }) },
    artifactStore: { component: artifactStore({ type: 'memory', create: () => new MemoryArtifactStore() }) },
    metadataStore: { component: metadataStore({ create: () => named('records') }) },
    cachePolicy: { use: 'content', index: { component: cacheIndex({ create: () => named('index') }) } },
    ...changes,
  })
const loose = (changes: object): StackDefinition => inline(changes)
const bucket = (create: (options: { readonly bucket: string }, context: ComponentContext) => MemoryArtifactStore) =>
  artifactStore({
    type: 's3',
    options: async () => z.object({ bucket: z.string().default('main'), retries: z.number().optional() }),
    create,
  })

describe('an opened stack', () => {
  it('gives its components by token, each created once', async () => {
    await using stack = await openStack(inline(), environment)
    expect((await stack.get(ARTIFACT_STORE)).type).toBe('memory')
    expect((await stack.get(ORCHESTRATOR)).type).toBe('inline')
    expect((await stack.get(METADATA_STORE)).name).toBe('records')
    expect((await stack.get(CACHE_POLICY)).name).toBe('content')
    expect((await stack.get(CACHE_INDEX)).name).toBe('index')
    expect(await stack.get(ARTIFACT_STORE)).toBe(await stack.get(ARTIFACT_STORE))
    await expect(stack.get(token('Alerter'))).rejects.toMatchObject({ code: 'CAIRN_TOKEN_MISSING' })
  })

  it('says what each component is, without its options', async () => {
    const store = { component: bucket(() => new MemoryArtifactStore()), options: { bucket: 'secret-bucket' } }
    await using stack = await openStack(inline({ artifactStore: store }), environment)
    expect(stack.name).toBe('test')
    expect(stack.components).toEqual({
      orchestrator: { name: 'inline', type: 'inline', plugin: 'inline' },
      artifactStore: { name: 's3', type: 's3', plugin: 'inline' },
      metadataStore: { name: 'inline', type: 'inline', plugin: 'inline' },
      cachePolicy: { name: 'content', type: 'content', plugin: '@cairnml/core' },
      cacheIndex: { name: 'inline', type: 'inline', plugin: 'inline' },
    })
  })

  it('has a provenance only where it names one', async () => {
    const found = { name: 'mine', type: 'mine', collect: async () => ({ type: 'mine' }) }
    const component = provenance({ type: 'mine', create: () => found })
    await using traced = await openStack(inline({ provenance: { component } }), environment)
    expect(traced.components['provenance']).toEqual({ name: 'mine', type: 'mine', plugin: 'inline' })
    expect(await traced.get(PROVENANCE)).toBe(found)
    await using plain = await openStack(inline(), environment)
    await expect(plain.get(PROVENANCE)).rejects.toMatchObject({ code: 'CAIRN_TOKEN_MISSING' })
  })

  it('creates nothing before it is asked for, and tells a component where it is', async () => {
    const seen: unknown[] = []
    const store = artifactStore({
      type: 'probe',
      create: async (options, { name, cairnDir, projectDir: dir, get }) => {
        seen.push(options, name, cairnDir, dir, (await get(CACHE_POLICY)).type)
        return new MemoryArtifactStore(name)
      },
    })
    await using stack = await openStack(inline({ artifactStore: { component: store } }), environment)
    expect(seen).toEqual([])
    await stack.get(ARTIFACT_STORE)
    expect(seen).toEqual([{}, 'probe', environment.cairnDir, projectDir, 'content'])
  })

  it('closes what was created, in reverse order', async () => {
    const log: string[] = []
    const closing = (name: string): never =>
      ({ ...METHODS, name, type: name, [Symbol.asyncDispose]: async () => void log.push(name) }) as never
    const records = metadataStore({
      create: async (_options, context) => {
        await context.get(CACHE_INDEX)
        return closing('records')
      },
    })
    const index = cacheIndex({ create: () => closing('index') })
    const stack = await openStack(
      inline({ metadataStore: { component: records }, cachePolicy: { use: 'content', index: { component: index } } }),
      environment,
    )
    await stack.get(METADATA_STORE)
    await stack[Symbol.asyncDispose]()
    expect(log).toEqual(['records', 'index'])
  })
})

describe('a component that cannot be created', () => {
  it.each([
    [() => Promise.reject(new Error('nobody answers.')), 'creating its artifactStore failed: nobody answers'],
    [() => undefined as never, '`create` of its artifactStore returned undefined'],
    [() => ({}) as never, 'its artifactStore has no method put'],
    [() => ({ put: 1 }) as never, 'its artifactStore has no method put'],
  ])('is named with what went wrong', async (create, problem) => {
    const component = artifactStore({ type: 'probe', create })
    await using stack = await openStack(inline({ artifactStore: { component } }), environment)
    await expect(stack.get(ARTIFACT_STORE)).rejects.toMatchObject({
      code: 'CAIRN_PLUGIN_INVALID',
      details: { plugin: 'inline', problem },
    })
  })
})

describe('a component that is not what its definition says', () => {
  it.each([
    ['it lacks a method', { put: undefined }, 'its artifactStore has no method put'],
    ['it lacks a capability', {}, 'its definition says that artifactStore (probe) provides ifAbsent'],
  ])('is closed where %s, for nobody else can', async (_what, lacking, problem) => {
    let closed = 0
    const methods = { put: nothing, get: nothing, stat: nothing, list: nothing, delete: nothing }
    const created = { ...methods, ...lacking, [Symbol.asyncDispose]: async () => void (closed += 1) }
    const component = artifactStore({ type: 'probe', provides: ['ifAbsent'], create: () => created as never })
    const stack = await openStack(inline({ artifactStore: { component } }), environment)
    await expect(stack.get(ARTIFACT_STORE)).rejects.toThrow(problem)
    await stack[Symbol.asyncDispose]()
    expect(closed).toBe(1)
  })

  it('is named even where it cannot be closed', async () => {
    const created = { [Symbol.asyncDispose]: () => Promise.reject(new Error('nothing is open')) }
    const component = artifactStore({ type: 'probe', create: () => created as never })
    await using stack = await openStack(inline({ artifactStore: { component } }), environment)
    await expect(stack.get(ARTIFACT_STORE)).rejects.toThrow('its artifactStore has no method put')
  })
})

describe('the options of a component', () => {
  const opened = async (store: StackDefinition['artifactStore']): Promise<unknown> => {
    await using stack = await openStack(loose({ artifactStore: store }), environment)
    return (await stack.get(ARTIFACT_STORE)).name
  }
  const byBucket = bucket((options) => new MemoryArtifactStore(options.bucket))

  it('are what its schema gives', async () => {
    expect(await opened({ component: byBucket, options: { bucket: 'b' } })).toBe('b')
    expect(await opened({ component: byBucket, options: { retries: 1 } })).toBe('main')
  })

  it('are what its schema gives also where there are none', async () => {
    expect(await opened({ component: byBucket })).toBe('main')
  })

  it('are refused where one is required and there are none', async () => {
    const options = async () => z.object({ bucket: z.string() })
    const component = artifactStore({ options, create: () => new MemoryArtifactStore() })
    await expect(opened({ component })).rejects.toMatchObject({
      code: 'CAIRN_COMPONENT_OPTIONS',
      details: { problem: expect.stringMatching(/^bucket: .*\(was missing\)$/) as string },
    })
  })

  it('are not even checked where there are none and the component needs none', async () => {
    const component = artifactStore({
      options: () => Promise.reject(new Error('It is not loaded.')),
      requiresOptions: false,
      create: (given) => new MemoryArtifactStore(JSON.stringify(given)),
    })
    expect(await opened({ component })).toBe('{}')
  })

  it('are refused with component, path, reason and value, before anything is created', async () => {
    await expect(
      openStack(inline({ artifactStore: { component: byBucket, options: { bucket: 7 } } }), environment),
    ).rejects.toMatchObject({
      code: 'CAIRN_COMPONENT_OPTIONS',
      details: { component: 'artifactStore (s3)', problem: expect.stringMatching(/^bucket: .*\(was 7\)$/) as string },
    })
  })

  it('are refused where a component takes none', async () => {
    const none = artifactStore({ create: () => new MemoryArtifactStore() })
    await expect(
      openStack(inline({ artifactStore: { component: none, options: { path: 'x' } } }), environment),
    ).rejects.toMatchObject({
      details: { problem: 'it takes no options, but got path' },
    })
  })

  it('of the default policy are checked without a schema library', async () => {
    const policy = (options: object): Promise<OpenStack> =>
      openStack(inline({ cachePolicy: { ...inline().cachePolicy, use: 'content', ...options } }), environment)
    await using stack = await policy({ expires: '30d' })
    const entry = { endedAt: 0 } as CacheEntry
    const step = { options: {} } as StepForCaching
    expect(await (await stack.get(CACHE_POLICY)).accept?.(entry, step, { next: new ContentCachePolicy() })).toEqual({
      accepted: false,
      reason: 'entry expired',
    })
    await expect(policy({ expires: 30 })).rejects.toMatchObject({ code: 'CAIRN_COMPONENT_OPTIONS' })
    await expect(policy({ expire: '30d' })).rejects.toMatchObject({
      details: { problem: expect.stringContaining('expire') as string },
    })
  })
})

describe('a stack that is not valid', () => {
  it.each([
    [
      'an unknown component',
      { artefactStore: { use: 'local' } },
      'artefactStore',
      'there is no such component (did you mean "artifactStore"?)',
    ],
    [
      'an unknown component like the one that it may do without',
      { provenence: { use: 'git' } },
      'provenence',
      'there is no such component (did you mean "provenance"?)',
    ],
    ['text for a component', { artifactStore: 'local' }, 'artifactStore', 'it is not an object like { use: "local" }'],
    ['a number for a component', { orchestrator: 5 }, 'orchestrator', 'it is not an object like { use: "local" }'],
    ['no name of a plugin', { artifactStore: {} }, 'artifactStore.use', 'it does not name a plugin'],
    ['an empty name', { metadataStore: { use: '' } }, 'metadataStore.use', 'it does not name a plugin'],
    ['a number for a name', { metadataStore: { use: 5 } }, 'metadataStore.use', 'it does not name a plugin'],
    [
      'a component of another port',
      { artifactStore: { component: orchestrator({ create: () => new InlineOrchestrator() }) } },
      'artifactStore',
      'the component given there supplies the port orchestrator',
    ],
    [
      'text for the index',
      { cachePolicy: { use: 'content', index: 'sqlite' } },
      'cacheIndex',
      'it is not an object like { use: "local" }',
    ],
  ])('is refused with the place: %s', async (_name, changes, path, problem) => {
    await expect(openStack(loose(changes), environment)).rejects.toMatchObject({
      code: 'CAIRN_STACK_INVALID',
      details: { stack: 'test', path, problem },
    })
  })
})

describe('a stack of plugins', () => {
  const install = async (name: string, components: string): Promise<void> => {
    const folder = nodePath.join(projectDir, 'node_modules', ...name.split('/'))
    await mkdir(folder, { recursive: true })
    await writeFile(
      nodePath.join(folder, 'package.json'),
      JSON.stringify({ name, type: 'module', exports: './index.js' }),
    )
    await writeFile(
      nodePath.join(folder, 'index.js'),
      `export default { name: '${name.split('-').at(-1)}', components: [${components}] }\n`,
    )
  }
  const component = (port: string): string =>
    `{ port: '${port}', requiresOptions: false, options: async () => ({ '~standard': { version: 1, vendor: 'x', validate: (value) => value.path ? { value } : { issues: [{ message: 'is needed', path: ['path'] }] } } }), create: (options, context) => ({ name: context.name, type: '${port}', options, ${STORE} }) }`

  it('takes what it does not name from the default stack', async () => {
    await install('@cairnml/plugin-local', `${component('orchestrator')}, ${component('artifactStore')}`)
    await install('@cairnml/plugin-sqlite', `${component('metadataStore')}, ${component('cacheIndex')}`)
    await using stack = await openStack({ name: 'default' }, environment)
    expect(stack.components).toEqual({
      orchestrator: { name: 'local', type: 'local', plugin: '@cairnml/plugin-local' },
      artifactStore: { name: 'local', type: 'local', plugin: '@cairnml/plugin-local' },
      metadataStore: { name: 'sqlite', type: 'sqlite', plugin: '@cairnml/plugin-sqlite' },
      cachePolicy: { name: 'content', type: 'content', plugin: '@cairnml/core' },
      cacheIndex: { name: 'sqlite', type: 'sqlite', plugin: '@cairnml/plugin-sqlite' },
    })
    expect(Object.keys(DEFAULT_STACK)).toEqual([
      'name',
      'orchestrator',
      'artifactStore',
      'metadataStore',
      'cachePolicy',
    ])
  })

  it('hands the properties beside `use` to the component as its options', async () => {
    await install('cairnml-plugin-cellar', component('artifactStore'))
    await using stack = await openStack(inline({ artifactStore: { use: 'cellar', path: '/mnt/cache' } }), environment)
    expect(await stack.get(ARTIFACT_STORE)).toMatchObject({ name: 'cellar', options: { path: '/mnt/cache' } })
    await expect(openStack(inline({ artifactStore: { use: 'cellar', pth: 'x' } }), environment)).rejects.toMatchObject({
      code: 'CAIRN_COMPONENT_OPTIONS',
      details: { component: 'artifactStore (cellar)', problem: 'path: is needed (was missing)' },
    })
  })

  it.each([
    ['create', "{ port: 'artifactStore' }"],
    ['options', "{ port: 'artifactStore', create: () => ({}), options: { '~standard': {} } }"],
    ['settings', "{ port: 'artifactStore', create: () => ({}), settings: {} }"],
    ['location', "{ port: 'artifactStore', create: () => ({}), location: '/data' }"],
  ])('is refused where %s of a definition is no function, before options pass unchecked', async (name, definition) => {
    await install('cairnml-plugin-cellar', definition)
    await expect(openStack(inline({ artifactStore: { use: 'cellar' } }), environment)).rejects.toMatchObject({
      code: 'CAIRN_PLUGIN_INVALID',
      details: { problem: `\`${name}\` of its artifactStore is no function` },
    })
  })

  it('is refused where a plugin is missing', async () => {
    await expect(openStack(inline({ metadataStore: { use: 'attic' } }), environment)).rejects.toMatchObject({
      code: 'CAIRN_PLUGIN_MISSING',
    })
  })
})
