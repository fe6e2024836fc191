import { createHash, hash, randomBytes } from 'node:crypto'
import { closeSync, copyFileSync, fdatasyncSync, openSync, renameSync, writeFileSync, writeSync } from 'node:fs'
import path from 'node:path'

import { temporaryFolder } from '@cairnml/testing'

import { LocalArtifactStore } from '../src/local-artifact-store.ts'

// Prints what the operations of the artifact store cost on this machine: node --conditions=@cairnml/source <this file>

const LARGE = 64 * 1024 * 1024

async function measure(name: string, times: number, work: (at: number) => unknown): Promise<void> {
  const took: number[] = []
  for (let at = 0; at < times; at++) {
    const start = performance.now()
    await work(at)
    took.push(performance.now() - start)
  }
  const sorted = took.toSorted((a, b) => a - b)
  const [best = 0, median = 0] = [sorted[0], sorted[Math.floor(times / 2)]]
  console.log(`${name.padEnd(28)} median ${median.toFixed(4)} ms, best ${best.toFixed(4)} ms`)
}

async function drain(store: LocalArtifactStore, key: string, digest?: ReturnType<typeof createHash>): Promise<void> {
  for await (const chunk of (await store.get(key)) ?? []) digest?.update(chunk)
  digest?.digest()
}

await using folder = await temporaryFolder()
const store = new LocalArtifactStore({ name: 'local', path: path.join(folder.path, 'artifacts') })
const small = randomBytes(1_000)
const large = randomBytes(LARGE)
const file = path.join(folder.path, 'large')
writeFileSync(file, large)
const keys = Array.from({ length: 2_000 }, (_, at) => hash('sha256', `${at}`)).map(
  (digest) => `blobs/sha256/${digest.slice(0, 2)}/${digest}`,
)
const keyAt = (at: number): string => keys[at % keys.length] ?? ''

/** What a put consists of, without any store around it. */
function putByHand(at: number): void {
  const temporary = path.join(folder.path, 'by-hand')
  const descriptor = openSync(temporary, 'w')
  writeSync(descriptor, small)
  fdatasyncSync(descriptor)
  closeSync(descriptor)
  renameSync(temporary, path.join(folder.path, `by-hand-${at}`))
}

await measure('first put', 1, () => store.put('first', small))
await measure('put 1 kB', 2_000, (at) => store.put(keyAt(at), small))
await measure('write, fdatasync, rename', 1_000, putByHand)
await measure('put 1 kB ifAbsent', 500, (at) => store.put(`${keyAt(at)}x`, small, { ifAbsent: true }))
await measure('the same, it is there', 2_000, (at) => store.put(keyAt(at), small, { ifAbsent: true }))
await measure('stat', 20_000, (at) => store.stat(keyAt(at)))
await measure('stat, not there', 20_000, (at) => store.stat(`${keyAt(at)}y`))
await measure('get 1 kB', 5_000, (at) => drain(store, keyAt(at)))
await measure('put a 64 MiB file', 8, (at) => store.put(`large/file${at}`, { file }))
await measure('put 64 MiB of bytes', 8, (at) => store.put(`large/bytes${at}`, large))
await measure('copyFileSync of 64 MiB', 8, (at) => copyFileSync(file, path.join(folder.path, `copy${at}`)))
await measure('get 64 MiB', 8, (at) => drain(store, `large/file${at}`))
await measure('get 64 MiB with sha256', 8, (at) => drain(store, `large/file${at}`, createHash('sha256')))
await measure('sha256 of 64 MiB alone', 8, () => createHash('sha256').update(large).digest())
await store[Symbol.asyncDispose]()
