import { rm } from 'node:fs/promises'
import { mkdtempSync } from 'node:fs'
import os from 'node:os'
import nodePath from 'node:path'

import { defineStack } from '@cairnml/core'
import { afterEach, expect, it } from 'vitest'

import { createClient } from '../create-client.ts'

const dir = mkdtempSync(nodePath.join(os.tmpdir(), 'cairn-client-'))
afterEach(() => rm(dir, { recursive: true, force: true }))

it('says why its stack cannot be opened to who reads, also where the client ends with its scope', async () => {
  const stack = defineStack({ name: 'lacking', artifactStore: { use: 'cairnml-plugin-gone' } })

  const reading = async (): Promise<void> => {
    await using client = await createClient({ from: dir, stack })
    await client.runs()
  }

  await expect(reading()).rejects.toMatchObject({ code: 'CAIRN_PLUGIN_MISSING' })
})
