import { artifactStoreConformance } from '@cairnml/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { BlobServer } from '../src/blob-server/blob-server.ts'
import { FAULTS } from '../src/blob-server/faults.ts'
import { BlobArtifactStore } from '../src/blob-store.ts'

const sas = 'sv=2023-11-03&sr=c&sig=open+sesame'
const blockBytes = 1_048_576

interface Case {
  readonly name: string
  readonly percent: number
  readonly conditionalPut: boolean
}

const CASES: readonly Case[] = [
  { name: 'BlobArtifactStore', percent: 0, conditionalPut: true },
  { name: 'BlobArtifactStore on a server with faults', percent: 25, conditionalPut: true },
  { name: 'BlobArtifactStore on a server without conditional put', percent: 0, conditionalPut: false },
]

for (const { name, percent, conditionalPut } of CASES) {
  describe(name, () => {
    let containers = 0
    let server: BlobServer
    beforeAll(async () => {
      const faults = { faults: FAULTS, percent, seed: 7 }
      server = await BlobServer.start({ sas, faults, conditionalPut, pageSize: 7 })
    })
    afterAll(() => server[Symbol.asyncDispose]())

    const open = (url: string): BlobArtifactStore => {
      const options = { url, sas, prefix: 'team/a+b/', blockBytes, conditionalPut }
      return new BlobArtifactStore('mine', options, { retry: { delay: () => 0 } })
    }
    artifactStoreConformance(
      { describe, it },
      {
        name,
        create: () => open(server.createContainer(`c${++containers}`)),
        reopen: () => open(`${server.url}/c${containers}`),
        capabilities: conditionalPut ? { ifAbsent: true } : {},
        largeBytes: 12_000_000,
      },
    )

    it.runIf(percent > 0)('was put to all faults', () => {
      expect(new Set(server.failures)).toEqual(new Set(FAULTS))
    })
  })
}
