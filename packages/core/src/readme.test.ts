import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import nodePath from 'node:path'
import { pathToFileURL } from 'node:url'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Orchestrator } from './orchestrator/orchestrator.ts'
import type { Plugin } from './plugin/define-plugin.ts'
import { componentOptions } from './stack/component-options.ts'

let dir: string
beforeAll(async () => {
  dir = await mkdtemp(nodePath.join(os.tmpdir(), 'cairn-readme-'))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

/** The first example of the README as a module, its packages being those of this repository. */
async function example(): Promise<Plugin> {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8')
  const code = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
  const file = nodePath.join(dir, 'plugin.ts')
  const core = new URL('index.ts', import.meta.url).href
  const specifiers = new Map([
    ["'@cairnml/core'", JSON.stringify(core)],
    ["'zod'", JSON.stringify(import.meta.resolve('zod'))],
  ])
  await writeFile(
    file,
    code.replaceAll(/'@cairnml\/core'|'zod'/g, (specifier) => specifiers.get(specifier) ?? specifier),
  )
  const module = (await import(pathToFileURL(file).href)) as { readonly default: Plugin }
  return module.default
}

describe('the example in the README', () => {
  it('is a plugin whose component takes its options and runs a step', async () => {
    const plugin = await example()
    const [definition] = plugin.components
    if (definition?.port !== 'orchestrator') throw new Error('The example has no orchestrator.')
    const create = definition.create as (options: unknown, context: object) => Orchestrator
    const optionsOf = async (given: Readonly<Record<string, unknown>>): Promise<unknown> => {
      const request = { definition, given, component: 'orchestrator', path: ['orchestrator'], projectDir: '.' }
      return (await componentOptions(request))()
    }
    const options = await optionsOf({ workers: 4 })
    const pool = create(options, { name: 'pool' })
    expect(pool).toMatchObject({ name: 'pool', type: 'pool', concurrency: 4 })
    expect(create(await optionsOf({}), { name: 'p' }).concurrency).toBe(2)
    const manifest = { status: 'completed' } as never
    const context = { signal: new AbortController().signal, runHere: async () => manifest }
    expect(await pool.execute({} as never, context)).toBe(manifest)
  })
})
