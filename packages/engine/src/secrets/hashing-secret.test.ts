import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'

import { MemoryCacheIndex, type CacheIndex } from '@cairnml/core'
import { describe, expect, it } from 'vitest'

import { FilesFixture } from '../declared/outside.fixture.ts'
import { hashingSecret } from './hashing-secret.ts'
import { variableDigest } from './variable-digest.ts'

const without = (): CacheIndex => Object.assign(new MemoryCacheIndex(), { secret: undefined }) as CacheIndex

describe('the secret that values are hashed under', () => {
  it('is that of the index', async () => {
    using project = new FilesFixture()
    const index = new MemoryCacheIndex()
    expect(await hashingSecret(index, project.dir)).toBe(await index.secret())
    expect(readdirSync(project.dir)).toEqual([])
  })

  it('is one for a project folder where the index has none, and only its owner can read it', async () => {
    using project = new FilesFixture()
    const secrets = await Promise.all(
      [without(), without(), without()].map((index) => hashingSecret(index, project.dir)),
    )
    expect(new Set(secrets.map((secret) => Buffer.from(secret).toString('hex'))).size).toBe(1)
    expect(readdirSync(project.dir)).toEqual(['hashing-secret'])
    if (process.platform !== 'win32') expect(statSync(project.path('hashing-secret')).mode & 0o777).toBe(0o600)
    expect(readFileSync(project.path('hashing-secret'), 'utf8')).toMatch(/^[0-9a-f]{64}$/)
  })

  it('says what to do with a file that holds none, and tries again', async () => {
    using project = new FilesFixture({ 'hashing-secret': 'short' })
    const index = without()
    await expect(hashingSecret(index, project.dir)).rejects.toThrow('Remove it.')
    writeFileSync(project.path('hashing-secret'), 'ab'.repeat(32))
    expect(Buffer.from(await hashingSecret(index, project.dir)).toString('hex')).toBe('ab'.repeat(32))
  })
})

describe('the digest of a variable', () => {
  const [a, b] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]

  it('depends on name, value and secret, and tells unset from empty', () => {
    const digests = [
      variableDigest('A', '1', a),
      variableDigest('A', '1', b),
      variableDigest('A', '2', a),
      variableDigest('B', '1', a),
      variableDigest('A', '', a),
      variableDigest('A', undefined, a),
      variableDigest('A:1', '', a),
    ]
    expect(new Set(digests).size).toBe(digests.length)
    expect(variableDigest('A', '1', a)).toBe(digests[0])
    expect(digests[5]).toBeUndefined()
  })
})
