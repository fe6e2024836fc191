import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import nodePath from 'node:path'

import { closeStacks } from '@cairnml/engine'
import { describe, expect, it, onTestFinished, vi } from 'vitest'

import { createClient } from './client.ts'
import { pipeline, step, text } from './index.ts'

const load = step({ name: 'load', output: text }).implement(() => 'loaded')
const loading = pipeline({ name: 'loading', build: () => load() })

describe('createClient', () => {
  it('reads the runs of the stack default, whose plugins this package brings', async () => {
    const dir = await mkdtemp(nodePath.join(os.tmpdir(), 'cairnml-client-'))
    onTestFinished(async () => {
      await closeStacks()
      await rm(dir, { recursive: true })
    })
    vi.stubEnv('CAIRN_DIR', nodePath.join(dir, '.cairn'))
    onTestFinished(() => void vi.unstubAllEnvs())
    await loading.run({}, { name: 'first', log: false })
    await using client = await createClient()
    expect((await client.run('last')).name).toBe('first')
    expect((await client.run('first').explain('load')).status).toBe('completed')
  })
})
