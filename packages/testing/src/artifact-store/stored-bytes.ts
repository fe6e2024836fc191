import assert from 'node:assert/strict'

import type { ArtifactStore, GetOptions } from '@cairnml/core'

import { collectBytes } from '../fixtures/bytes.ts'

/** Text as bytes. */
export function text(content: string): Buffer {
  return Buffer.from(content)
}

/** The bytes of an object, or `undefined` where there is none. */
export async function bytesAt(store: ArtifactStore, key: string, options?: GetOptions): Promise<Buffer | undefined> {
  const stream = await store.get(key, options)
  return stream === undefined ? undefined : collectBytes(stream)
}

/** The keys under a prefix, in the order of the list. */
export async function keysUnder(store: ArtifactStore, prefix: string): Promise<readonly string[]> {
  const keys: string[] = []
  for await (const { key } of store.list(prefix)) keys.push(key)
  return keys
}

/** Fails unless the bytes are these; the message names sizes, because a diff of large bytes takes minutes. */
export function assertBytes(found: Uint8Array | undefined, expected: Uint8Array): void {
  assert.ok(found !== undefined, `expected ${expected.length} bytes, but there is no object`)
  const isEqual = Buffer.compare(found, expected) === 0
  assert.ok(isEqual, `expected ${expected.length} bytes, got ${found.length} that are not the same`)
}
