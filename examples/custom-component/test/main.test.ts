import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { afterEach, beforeEach, expect, it } from 'vitest'

const EXAMPLE = fileURLToPath(new URL('..', import.meta.url))

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cairn-custom-component-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  // Sound: a server that listens on a port has such an address.
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

it('runs, reuses, mends what was deleted, and counts dates by their weeks', async () => {
  for (const name of ['package.json', 'cairn.yaml', 'src', 'stacks']) {
    await cp(path.join(EXAMPLE, name), path.join(folder, name), { recursive: true })
  }
  await symlink(path.join(EXAMPLE, 'node_modules'), path.join(folder, 'node_modules'), 'junction')
  const stack = path.join(folder, 'stacks/blob.yaml')
  await writeFile(stack, (await readFile(stack, 'utf8')).replace('10117', String(await freePort())))

  const { stdout } = await promisify(execFile)(process.execPath, ['src/main.ts'], { cwd: folder, env: environment() })
  expect(stdout.replace(/127\.0\.0\.1:\d+/, '127.0.0.1:…')).toMatchInlineSnapshot(`
    "blob (stacks/blob.yaml)
      orchestrator: local (default)
      artifactStore: ./src/blob-store.ts url="http://127.0.0.1:…/devstore/cairn" sas="\${env:BLOB_SAS}" (stacks/blob.yaml:3:3)
      metadataStore: sqlite (default)
      cachePolicy: ./src/weekly-policy.ts params=["asOf"] (stacks/blob.yaml:7:3)
      cacheIndex: sqlite (default)

    first run on the stack blob: orders completed, totals completed, best completed
    once more: orders cached, totals cached, best cached
    another day of that week: orders cached, totals cached, best cached
    with the blob of totals deleted: orders cached, totals completed, best cached
    a day of the next week: orders completed, totals completed, best completed
    orders ran: parameter asOf "week of 2026-11-16" -> "week of 2026-11-23"
    "
  `)
})

/** Sources in place of builds, as in all tests; no setting of the machine. */
function environment(): NodeJS.ProcessEnv {
  const ours = Object.entries(process.env).filter(([name]) => !name.startsWith('CAIRN_'))
  return { ...Object.fromEntries(ours), NODE_OPTIONS: '--conditions=@cairnml/source', NO_COLOR: '1' }
}
