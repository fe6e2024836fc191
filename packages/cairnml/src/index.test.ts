import { readFile } from 'node:fs/promises'

import * as core from '@cairnml/core'
import { describe, expect, it } from 'vitest'

import * as cairnml from './index.ts'

/** Functions and types by which pipelines are written, as the README lists them. */
async function authoringNames(): Promise<readonly string[]> {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8')
  const item = /^- The authoring API: ([\s\S]*?)\.$/m.exec(readme)?.[1] ?? ''
  return [...item.matchAll(/`(\w+)`/g)].flatMap((match) => match[1] ?? [])
}

/** Errors and stacks: what programs around pipelines need. */
const AROUND = ['CairnError', 'RunFailedError', 'defineStack', 'isCairnError', 'isRunFailedError']

describe('the package', () => {
  it('exports the authoring API that the README lists, errors and stacks, and nothing else', async () => {
    const listed = await authoringNames()
    expect(listed).toContain('pipeline')
    expect(Object.keys(cairnml).toSorted()).toEqual([...new Set([...listed, ...AROUND])].toSorted())
  })

  it('exports the things of @cairnml/core themselves', () => {
    const all: Readonly<Record<string, unknown>> = core
    for (const [name, value] of Object.entries(cairnml)) expect(value, name).toBe(all[name])
  })
})
