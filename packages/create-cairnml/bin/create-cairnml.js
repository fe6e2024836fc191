#!/usr/bin/env node
// Plain JavaScript that old versions of Node can parse, and nothing imported before it is needed.
const WANTED = [24, 11]

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major > WANTED[0] || (major === WANTED[0] && minor >= WANTED[1])) {
  const { main } = await import('../dist/main.js')
  process.exitCode = await main(process.argv.slice(2))
} else {
  const wanted = WANTED.join('.')
  const found = process.versions.node
  process.stderr.write(`CAIRN_NODE_TOO_OLD: Node ${found} is too old: Cairn needs Node ${wanted} or newer.\n`)
  process.exitCode = 2
}
