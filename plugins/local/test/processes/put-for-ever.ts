import { randomBytes, randomInt } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import path from 'node:path'

import { LocalArtifactStore } from '../../src/local-artifact-store.ts'
import { checkedBody } from './checked-body.ts'

// Puts small and large objects, from bytes, files and streams, under few keys, until it is killed.
const [root = '', own = ''] = process.argv.slice(2)
const store = new LocalArtifactStore({ name: 'local', path: root })
const file = path.join(own, `source-${process.pid}`)

async function* pieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
}

console.log('ready')
for (;;) {
  const body = checkedBody(randomBytes(randomInt(2) === 0 ? randomInt(2_000) : randomInt(3_000_000)))
  const key = `folder-${randomInt(3)}/object-${randomInt(5)}`
  const way = randomInt(4)
  if (way === 0) await store.put(key, body)
  if (way === 1) await store.put(key, pieces(body))
  if (way === 2) await store.delete(key)
  if (way === 3) {
    writeFileSync(file, body)
    await store.put(key, { file }, { ifAbsent: true })
  }
}
