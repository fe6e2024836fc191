import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { temporaryFolder } from '@cairnml/testing'
import { describe, expect, it } from 'vitest'

import { LocalArtifactStore } from './local-artifact-store.ts'

const storeIn = (root: string): LocalArtifactStore => new LocalArtifactStore({ name: 'local', path: root })

describe('the check of the local artifact store', () => {
  it('leaves a folder as it is, with or without objects', async () => {
    await using folder = await temporaryFolder()
    const root = path.join(folder.path, 'store')
    mkdirSync(root)
    await storeIn(root).check()
    expect(readdirSync(root)).toEqual([])
    await using store = storeIn(root)
    await store.put('a/b', Buffer.from('body'))
    const before = readdirSync(root, { recursive: true })
    await store.check()
    expect(readdirSync(root, { recursive: true })).toEqual(before)
  })

  it('makes no folder that is not there yet', async () => {
    await using folder = await temporaryFolder()
    await storeIn(path.join(folder.path, '.cairn', 'artifacts')).check()
    expect(existsSync(path.join(folder.path, '.cairn'))).toBe(false)
  })

  it.each(['file', 'file/artifacts'])('says that %s cannot be a store', async (place) => {
    await using folder = await temporaryFolder()
    writeFileSync(path.join(folder.path, 'file'), '')
    await expect(storeIn(path.join(folder.path, place)).check()).rejects.toMatchObject({
      code: 'CAIRN_STORE_UNAVAILABLE',
      message: expect.stringContaining('file is not a folder'),
    })
  })

  it.runIf(process.platform === 'linux')('says what the system says of a folder that takes no files', async () => {
    await expect(storeIn('/proc/self').check()).rejects.toMatchObject({ code: 'CAIRN_STORE_UNAVAILABLE' })
  })

  it('ends with the reason of its signal', async () => {
    await using folder = await temporaryFolder()
    const reason = new Error('enough')
    await expect(storeIn(folder.path).check({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    expect(readdirSync(folder.path)).toEqual([])
  })
})
