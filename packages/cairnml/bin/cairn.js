#!/usr/bin/env node
// Plain JavaScript that old versions of Node can parse, and nothing imported before it is needed.
const WANTED = [24, 11]

const other = process.versions.bun
  ? `Bun ${process.versions.bun}`
  : process.versions.deno && `Deno ${process.versions.deno}`
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (other) refuse(`CAIRN_RUNTIME_UNSUPPORTED: Cairn runs under Node, not under ${other}. Run it with Node.`)
// Nothing waits for it here: where it never ends, Node would print its own warning above what the command says.
else if (major > WANTED[0] || (major === WANTED[0] && minor >= WANTED[1])) void start()
else await startWithOtherNode()

async function start() {
  const { readFileSync } = await import('node:fs')
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  const argv = process.argv.slice(2)
  if (argv[0] === '--version') {
    // Whoever asked may have gone: `cairn --version | true`.
    process.stdout.on('error', ({ code, message }) => {
      if (code === 'EPIPE') return
      process.stderr.write(`Standard output cannot be written: ${message}\n`)
      process.exitCode = 2
    })
    process.stdout.write(`${version}\n`)
    return
  }
  const { useCompileCache } = await import('@cairnml/loader/compiled')
  useCompileCache()
  const { fileURLToPath } = await import('node:url')
  const { main } = await import('@cairnml/cli')
  process.exitCode = await main(argv, { version, fallbackDirs: [fileURLToPath(new URL('..', import.meta.url))] })
}

/** A project may bring a current Node as the npm package `node`. */
async function startWithOtherNode() {
  const { existsSync, realpathSync } = await import('node:fs')
  const { createRequire } = await import('node:module')
  const { dirname, join } = await import('node:path')
  const { spawnSync } = await import('node:child_process')
  const { fileURLToPath } = await import('node:url')
  const self = fileURLToPath(import.meta.url)
  for (const from of [join(process.cwd(), 'package.json'), self]) {
    try {
      const folder = dirname(createRequire(from).resolve('node/package.json'))
      const node = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
      if (!existsSync(node) || realpathSync(node) === realpathSync(process.execPath)) continue
      const { status, signal } = spawnSync(node, [...process.execArgv, self, ...process.argv.slice(2)], {
        stdio: 'inherit',
      })
      if (signal !== null) process.kill(process.pid, signal)
      process.exitCode = status ?? 2
      return
    } catch {
      // Not installed there.
    }
  }
  const wanted = WANTED.join('.')
  refuse(
    `CAIRN_NODE_TOO_OLD: Node ${process.versions.node} is too old: Cairn needs Node ${wanted} or newer. ` +
      'Install a current Node, or add the npm package "node" to the project.',
  )
}

function refuse(problem) {
  process.stderr.write(`${problem}\n`)
  process.exitCode = 2
}
