import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'

import { temporaryFolder } from '@cairnml/testing'
import { describe, expect, it } from 'vitest'

import { LocalArtifactStore } from './local-artifact-store.ts'

const body = Buffer.from('body')

async function keysOf(store: LocalArtifactStore): Promise<readonly string[]> {
  const keys: string[] = []
  for await (const { key } of store.list('')) keys.push(key)
  return keys
}

async function projectFolder() {
  const folder = await temporaryFolder()
  const cairnDir = path.join(folder.path, '.cairn')
  const root = path.join(cairnDir, 'artifacts')
  const open = (): LocalArtifactStore => new LocalArtifactStore({ name: 'local', path: root, cairnDir })
  return { ...folder, cairnDir, root, open }
}

describe('LocalArtifactStore', () => {
  it('makes nothing before something is written', async () => {
    await using project = await projectFolder()
    const store = project.open()
    expect(await store.get('a')).toBeUndefined()
    expect(await store.stat('a')).toBeUndefined()
    expect(await keysOf(store)).toEqual([])
    await store.delete('a')
    await store[Symbol.asyncDispose]()
    expect(existsSync(project.cairnDir)).toBe(false)
  })

  it('stores an object as a file whose path is the key', async () => {
    await using project = await projectFolder()
    await project.open().put('runs/r/result.json', body)
    expect(readFileSync(path.join(project.root, 'runs/r/result.json'), 'utf8')).toBe('body')
    expect(readdirSync(project.root)).toEqual(['@tmp', 'runs'])
    expect(await keysOf(project.open())).toEqual(['runs/r/result.json'])
  })

  it('keeps the local folder that it makes out of version control', async () => {
    await using project = await projectFolder()
    await project.open().put('a', body)
    expect(readFileSync(path.join(project.cairnDir, '.gitignore'), 'utf8')).toBe('*\n')
  })

  it('leaves a local folder that was there, and its .gitignore, as they are', async () => {
    await using project = await projectFolder()
    mkdirSync(project.cairnDir)
    await project.open().put('a', body)
    expect(existsSync(path.join(project.cairnDir, '.gitignore'))).toBe(false)
  })

  it('goes on when its folder was removed while it was open', async () => {
    await using project = await projectFolder()
    const store = project.open()
    await store.put('a', body)
    rmSync(project.cairnDir, { recursive: true })
    expect(await store.stat('a')).toBeUndefined()
    await store.put('b/c', body)
    expect(await keysOf(store)).toEqual(['b/c'])
  })

  it('leaves no temporary file behind, whether a put succeeds or fails', async () => {
    await using project = await projectFolder()
    const store = project.open()
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield body
      throw new Error('the source broke')
    }
    await store.put('a', body)
    await store.put('a', body, { ifAbsent: true })
    await expect(store.put('b', failing())).rejects.toThrow('the source broke')
    await expect(store.put('c', { file: path.join(project.path, 'missing') })).rejects.toMatchObject({ code: 'ENOENT' })
    await expect(store.put('a/below', body)).rejects.toMatchObject({ code: 'CAIRN_STORE_KEY_INVALID' })
    await expect.poll(() => readdirSync(path.join(project.root, '@tmp'))).toEqual(['swept'])
  })

  it('copies a file that nobody may write', async () => {
    await using project = await projectFolder()
    const file = path.join(project.path, 'source')
    writeFileSync(file, body)
    chmodSync(file, 0o400)
    const store = project.open()
    await store.put('a', { file })
    await store.put('a', body)
    expect(readFileSync(path.join(project.root, 'a'), 'utf8')).toBe('body')
  })

  it('says which key cannot be beside which other one', async () => {
    await using project = await projectFolder()
    const store = project.open()
    await store.put('a', body)
    await store.put('x/y', body)
    await expect(store.put('a/b/c', body)).rejects.toThrow('the object a is there')
    await expect(store.put('x', body)).rejects.toThrow('there are objects below it')
    await expect(store.put('x', body, { ifAbsent: true })).rejects.toMatchObject({ code: 'CAIRN_STORE_KEY_INVALID' })
    const long = 'x'.repeat(300)
    await expect(store.put(long, body)).rejects.toThrow('too long for the file system')
    expect(await store.stat(long)).toBeUndefined()
  })

  it('stores an object where an empty folder lies, and says what lies there where that holds something', async () => {
    await using project = await projectFolder()
    const store = project.open()
    for (const [key, options] of [
      ['a', {}],
      ['b', { ifAbsent: true }],
    ] as const) {
      const place = path.join(project.root, key)
      mkdirSync(path.join(place, 'empty'), { recursive: true })
      expect(await store.obstacle(key)).toBe(`${place}, where it belongs, is a folder; move that away`)
      await store.put(key, body, options)
      expect(readFileSync(place, 'utf8')).toBe('body')
      expect(await store.obstacle(key)).toBeUndefined()
    }
    mkdirSync(path.join(project.root, 'c'))
    writeFileSync(path.join(project.root, 'c', 'mine'), 'kept')
    for (const options of [{}, { ifAbsent: true }]) {
      await expect(store.put('c', body, options)).rejects.toThrow(`${path.join(project.root, 'c')} is none of Cairn's`)
    }
    expect(readFileSync(path.join(project.root, 'c', 'mine'), 'utf8')).toBe('kept')
    expect(await store.obstacle('d')).toBeUndefined()
  })

  it('takes symbolic links and folders for no objects', async () => {
    await using project = await projectFolder()
    const secret = path.join(project.path, 'secret')
    writeFileSync(secret, 'secret')
    const store = project.open()
    await store.put('folder/a', body)
    symlinkSync(secret, path.join(project.root, 'link'))
    symlinkSync(project.path, path.join(project.root, 'linked'))
    for (const key of ['link', 'folder']) {
      expect(await store.get(key)).toBeUndefined()
      expect(await store.stat(key)).toBeUndefined()
    }
    expect(await keysOf(store)).toEqual(['folder/a'])
    await expect(store.put('link', body, { ifAbsent: true })).rejects.toMatchObject({ code: 'CAIRN_STORE_KEY_INVALID' })
    await store.put('link', body)
    expect(readFileSync(secret, 'utf8')).toBe('secret')
    expect((await store.stat('link'))?.size).toBe(4)
  })

  it('names the store and what failed when the file system refuses', async () => {
    await using project = await projectFolder()
    writeFileSync(path.join(project.path, 'file'), '')
    const store = new LocalArtifactStore({ name: 'mine', path: path.join(project.path, 'file', 'artifacts') })
    await expect(store.put('a', body)).rejects.toMatchObject({
      code: 'CAIRN_STORE_UNAVAILABLE',
      details: { store: 'mine', operation: 'put the object a' },
    })
  })

  it('reads a large object whole although it is replaced meanwhile', async () => {
    await using project = await projectFolder()
    const store = project.open()
    const [first, second] = [Buffer.alloc(5_000_000, 1), Buffer.alloc(3_000_000, 2)]
    await store.put('a', first)
    const chunks: Uint8Array[] = []
    for await (const chunk of (await store.get('a')) ?? []) {
      if (chunks.length === 0) await store.put('a', second)
      chunks.push(chunk)
    }
    expect(Buffer.concat(chunks).equals(first)).toBe(true)
    expect(chunks.length).toBe(5)
  })
})
