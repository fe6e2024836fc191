import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import os from 'node:os'
import nodePath from 'node:path'
import { pathToFileURL } from 'node:url'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { MemoryArtifactStore } from '../artifact-store/memory-artifact-store.ts'
import type { ArtifactRef } from '../artifact/artifact-ref.ts'
import { artifactChange, mayChange } from '../artifact/changed-artifact.ts'
import { readArtifact } from '../artifact/read-artifact.ts'
import { writeArtifact } from '../artifact/write-artifact.ts'
import { projectDirs } from '../stack/project-dirs.ts'
import { list, optional, type Port } from './port.ts'
import { reference } from './reference.ts'
import { text } from './text-and-bytes.ts'

let folder: string
let server: Server
let answer: (response: ServerResponse) => void
let origin: string
const store = new MemoryArtifactStore()
const where = 'The output "o" of step "s"'

beforeEach(async () => {
  folder = await mkdtemp(nodePath.join(os.tmpdir(), 'cairn-reference-'))
  server = createServer((_request, response) => answer(response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // Sound: the server listens on a TCP port.
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(async () => {
  server.closeAllConnections()
  server.close()
  await rm(folder, { recursive: true, force: true })
})

const at = (name: string): string => nodePath.join(folder, name)
const context = () => ({ store, workDir: folder, where })
const write = (value: unknown, port: Port = reference): Promise<ArtifactRef> => writeArtifact(port, value, context())
const change = (ref: ArtifactRef, port: Port = reference): Promise<string | undefined> =>
  artifactChange(port, ref, context())

describe('a reference to a file', () => {
  it('counts by content, is never copied, and comes back as an absolute path', async () => {
    await writeFile(at('a.bin'), Buffer.alloc(100_000, 7))
    const ref = await write(at('a.bin'))
    expect(ref.size).toBeLessThan(1000)
    expect(await readArtifact(reference, ref, context())).toBe(at('a.bin'))
    expect((await write(pathToFileURL(at('a.bin')).href)).digest).toBe(ref.digest)
    await writeFile(at('a.bin'), 'other')
    expect((await write(at('a.bin'))).digest).not.toBe(ref.digest)
  })

  it('says that what it points to changed or is gone', async () => {
    await writeFile(at('a.txt'), 'one')
    const ref = await write(at('a.txt'))
    expect(await change(ref)).toBeUndefined()
    await writeFile(at('a.txt'), 'two')
    expect(await change(ref)).toBe(`the reference ${at('a.txt')} changed`)
    await writeFile(at('a.txt'), 'one')
    expect(await change(ref)).toBeUndefined()
    await rm(at('a.txt'))
    expect(await change(ref)).toBe(`the reference ${at('a.txt')} is gone`)
  })

  it('inside of the project is kept relative to it', async () => {
    const ref = await write('package.json')
    expect(ref).toMatchObject({ metadata: { uri: 'package.json' }, preview: { text: 'package.json' } })
    const path = nodePath.join(projectDirs().projectDir, 'package.json')
    expect(await readArtifact(reference, ref, context())).toBe(path)
    expect((await write(path)).digest).toBe(ref.digest)
  })

  it('is looked at in lists, too', async () => {
    await writeFile(at('a.txt'), 'a')
    await writeFile(at('b.txt'), 'b')
    const port = optional(list(reference, { lazy: true }))
    const ref = await write([at('a.txt'), at('b.txt')], port)
    expect([mayChange(port), mayChange(list(text))]).toEqual([true, false])
    expect(await change(ref, port)).toBeUndefined()
    await writeFile(at('b.txt'), 'c')
    expect(await change(ref, port)).toBe(`the reference ${at('b.txt')} changed`)
  })
})

describe('a reference to a folder', () => {
  it('counts by the names and contents of all files below it', async () => {
    await mkdir(at('data/deep'), { recursive: true })
    await writeFile(at('data/deep/a.txt'), 'a')
    const ref = await write(at('data'))
    await mkdir(at('data/empty'))
    expect(await change(ref)).toBeUndefined()
    await writeFile(at('data/deep/a.txt'), 'b')
    expect(await change(ref)).toContain('changed')
    await writeFile(at('data/deep/a.txt'), 'a')
    await writeFile(at('data/b.txt'), '')
    expect(await change(ref)).toContain('changed')
  })

  it('with a link in it is refused', async () => {
    await mkdir(at('data'))
    await symlink(at('data'), at('data/loop'), 'junction')
    await expect(write(at('data'))).rejects.toMatchObject({
      code: 'CAIRN_REFERENCE_UNREACHABLE',
      message: expect.stringContaining('loop in it is neither a file nor a folder') as string,
    })
  })
})

describe('a reference to a URL', () => {
  it('counts by what the server says of it, and shows no query', async () => {
    answer = (response) => response.setHeader('etag', '"1"').end()
    const ref = await write(`${origin}/a.csv?token=secret`)
    expect(ref).toMatchObject({ metadata: { uri: `${origin}/a.csv` }, preview: { text: `${origin}/a.csv` } })
    expect(await readArtifact(reference, ref, context())).toBe(`${origin}/a.csv?token=secret`)
    expect(await change(ref)).toBeUndefined()
    answer = (response) => response.setHeader('etag', '"2"').end()
    expect(await change(ref)).toBe(`the reference ${origin}/a.csv changed`)
    answer = (response) => response.writeHead(404).end()
    expect(await change(ref)).toBe(`the reference ${origin}/a.csv is gone`)
  })

  it('is never taken for unchanged while nobody can tell', async () => {
    answer = (response) => response.setHeader('etag', '"1"').end()
    const ref = await write(`${origin}/a.csv?token=secret`)
    answer = (response) => response.writeHead(503).end()
    const refusal = { code: 'CAIRN_REFERENCE_UNREACHABLE', message: expect.stringContaining('status 503') as string }
    await expect(change(ref)).rejects.toMatchObject(refusal)
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    const error: unknown = await change(ref).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'CAIRN_REFERENCE_UNREACHABLE' })
    expect(JSON.stringify(error) + String(error)).not.toContain('secret')
  })
})

describe('what is no reference', () => {
  it.each([
    [3, 'CAIRN_VALUE_UNSTORABLE', 'not the text of a path or URL'],
    ['', 'CAIRN_VALUE_UNSTORABLE', 'not the text of a path or URL'],
    ['a\0b', 'CAIRN_VALUE_UNSTORABLE', 'NUL'],
    ['s3://bucket/key', 'CAIRN_VALUE_UNSTORABLE', 'references to s3: are not known'],
    ['https://me:pw@example.org/a', 'CAIRN_VALUE_UNSTORABLE', 'user name or password'],
    ['http://', 'CAIRN_VALUE_UNSTORABLE', 'not a valid URL'],
    ['no/such/file', 'CAIRN_REFERENCE_UNREACHABLE', 'there is nothing'],
  ])('is refused: %j', async (value, code, problem) => {
    await expect(write(value)).rejects.toMatchObject({ code, message: expect.stringContaining(problem) as string })
  })
})
