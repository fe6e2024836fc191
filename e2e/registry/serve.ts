import { createRequire } from 'node:module'
import type { AddressInfo, Server } from 'node:net'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

/** What is used of Verdaccio. */
interface Verdaccio {
  readonly runServer: (config: string) => Promise<Server>
}

// Serves packages as a configuration says, on a port that is free, and prints where.
const [config = ''] = process.argv.slice(2)
const require = createRequire(path.join(import.meta.dirname, 'verdaccio/package.json'))
// Sound: the package documents this function.
const { runServer } = (await import(pathToFileURL(require.resolve('verdaccio')).href)) as Verdaccio
const server = (await runServer(config)).listen(0, '127.0.0.1', () => {
  // Sound: it listens on a port.
  const { port } = server.address() as AddressInfo
  console.log(`Registry: http://127.0.0.1:${port}/`)
})
