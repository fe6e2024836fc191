import { setTimeout as sleep } from 'node:timers/promises'

import { LocalArtifactStore } from '../../src/local-artifact-store.ts'
import { checkedBody } from './checked-body.ts'

// Tries to be the first to put each of some keys; prints which ones it won.
const [root = '', self = '', count = '0'] = process.argv.slice(2)
const store = new LocalArtifactStore({ name: 'local', path: root })
const body = checkedBody(Buffer.alloc(20_000 + Number(self), self))

console.log('ready')
const [start] = await new Promise<Buffer[]>((resolve) => process.stdin.once('data', (...data) => resolve(data)))
for (let at = 0; at < Number(count); at++) {
  await sleep(Math.max(0, Number(start) + at * 15 - Date.now()))
  const { written, size } = await store.put(`race/${at}`, body, { ifAbsent: true })
  console.log(JSON.stringify({ at, written, size }))
}
process.exit()
