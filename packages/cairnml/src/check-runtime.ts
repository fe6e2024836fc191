const WANTED: readonly [major: number, minor: number] = [24, 11]

/** Why Cairn does not run here, in one line; `undefined` where it does. */
export function runtimeProblem(versions: Readonly<Record<string, string | undefined>>): string | undefined {
  const { bun, deno, node = '' } = versions
  const other = bun === undefined ? deno && `Deno ${deno}` : `Bun ${bun}`
  if (other !== undefined) {
    return `CAIRN_RUNTIME_UNSUPPORTED: Cairn runs under Node, not under ${other}. Run the file with node or with cairn run.`
  }
  const [major = 0, minor = 0] = node.split('.').map(Number)
  const [wantedMajor, wantedMinor] = WANTED
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return undefined
  return (
    `CAIRN_NODE_TOO_OLD: Node ${node} is too old: Cairn needs Node ${WANTED.join('.')} or newer. ` +
    'Install a current Node, or add the npm package "node" to the project.'
  )
}

const problem = runtimeProblem(process.versions)
if (problem !== undefined) {
  process.stderr.write(`${problem}\n`)
  process.exit(2)
}
