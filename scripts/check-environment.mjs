// Plain JavaScript that old versions of Node parse: this file is what tells them that they are too old.
const wanted = { pnpm: '12.4.2', node: '24.11' }

/** One clear line about the installer in use, or undefined when it is the right one. */
function installerProblem(userAgent) {
  const match = /^(\S+?)\/(\d+)\./.exec(userAgent || '')
  const right = match && match[1] === 'pnpm' && match[2] === wanted.pnpm.split('.')[0]
  if (right) return undefined
  const found = match ? match[1] + ' ' + match[2] : 'an unknown installer'
  return 'This repository is installed by pnpm ' + wanted.pnpm + ', not by ' + found + '. Run: npm run bootstrap'
}

/** One clear line about the Node that runs the scripts, or undefined when it is new enough. */
function nodeProblem(version) {
  const [major, minor] = version.split('.').map(Number)
  const [wantedMajor, wantedMinor] = wanted.node.split('.').map(Number)
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return undefined
  const why = 'the Node ' + wanted.node + '+ that the install brings along is not available for this platform.'
  return 'Cairn needs Node ' + wanted.node + ' or newer; this is Node ' + version + ', and ' + why
}

const problem =
  process.argv[2] === 'install'
    ? installerProblem(process.env.npm_config_user_agent)
    : nodeProblem(process.versions.node)

if (problem) {
  console.error(problem)
  process.exitCode = 1
}
