import assert from 'node:assert/strict'

import type { ArtifactStore } from '@cairnml/core'

import { patternBytes } from '../fixtures/bytes.ts'
import type { ArtifactStoreSection } from './artifact-store-conformance.ts'
import { text } from './stored-bytes.ts'

/** More than any store gives at a time. */
const BYTES = 8_000_000

/** Those who are in the middle of an object when something happens. */
export const READER_SECTION: ArtifactStoreSection = {
  title: 'readers in the middle',
  tests: {
    'get the object that they began with, or an error, when it is replaced': async ({ component, other }) => {
      const old = await putLarge(component, 1)
      const read = await readAcross(component, () => other.put('a', patternBytes(BYTES + 7, 2)))
      assertWholeOrError(read, old, 'replaced')
    },

    'get the object that they began with, or an error, when it is removed': async ({ component, other }) => {
      const old = await putLarge(component, 1)
      const read = await readAcross(component, () => other.delete('a'))
      assertWholeOrError(read, old, 'removed')
    },

    'get the reason of their signal when that is aborted': async ({ component }) => {
      const old = await putLarge(component, 1)
      const controller = new AbortController()
      const reason = new Error('cancelled')
      const read = await readAcross(component, async () => controller.abort(reason), controller.signal)
      if (read instanceof Uint8Array && read.length === old.length) return assertWholeAtOnce(component, old.length)
      const found = read instanceof Uint8Array ? `${read.length} bytes` : String(read)
      assert.ok(read === reason, `the read went on after the abort and gave ${found}: pass the signal to what you read`)
    },

    'get pieces that are theirs to keep': async ({ component }) => {
      await putLarge(component, 1)
      const pieces: { readonly given: Uint8Array; readonly copy: Buffer }[] = []
      for await (const given of (await component.get('a')) ?? []) pieces.push({ given, copy: Buffer.from(given) })
      const kept = pieces.filter(({ given, copy }) => copy.equals(given)).length
      assert.equal(kept, pieces.length, 'a piece was changed when a later one came: read each into memory of its own')
    },

    'disturb nobody who puts, reads and removes other objects': async ({ component, other }) => {
      const old = await putLarge(component, 1)
      const read = await readAcross(component, async () => {
        await other.put('b', text('b'))
        await other.delete('b')
      })
      assert.ok(read instanceof Uint8Array, String(read))
      assertWholeOrError(read, old, 'left alone')
    },
  },
}

async function putLarge(store: ArtifactStore, seed: number): Promise<Uint8Array> {
  const bytes = patternBytes(BYTES, seed)
  await store.put('a', bytes)
  return bytes
}

/** All bytes of an object, or what the read fails with, when something happens after the first piece. */
async function readAcross(
  store: ArtifactStore,
  happens: () => Promise<unknown>,
  signal?: AbortSignal,
): Promise<unknown> {
  const read = await store.get('a', { signal })
  assert.ok(read !== undefined)
  const pieces: Uint8Array[] = []
  let failed: { readonly error: unknown } | undefined
  const consume = async (): Promise<void> => {
    for await (const piece of read) {
      pieces.push(piece)
      if (pieces.length === 1) await happens().catch((error: unknown) => (failed = { error }))
    }
  }
  const error = await consume().then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (failed !== undefined) throw failed.error
  return error ?? Buffer.concat(pieces)
}

function assertWholeOrError(read: unknown, old: Uint8Array, what: string): void {
  if (!(read instanceof Uint8Array)) return
  const message = `a reader of an object that was ${what} meanwhile got ${read.length} bytes that were never there together: keep what was opened open, or compare a version with every piece`
  assert.ok(Buffer.compare(read, old) === 0, message)
}

/** A store that has all bytes before it gives the first has nothing left to end. */
async function assertWholeAtOnce(store: ArtifactStore, size: number): Promise<void> {
  for await (const piece of (await store.get('a')) ?? []) {
    assert.equal(piece.length, size, 'the read went on after the abort: pass the signal to what you read')
  }
}
