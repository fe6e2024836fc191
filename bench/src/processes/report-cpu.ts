import { writeSync } from 'node:fs'

import { REPORT_FD } from './run-node.ts'

// Preloaded with --import: says how much processor time the process took, in milliseconds.
process.on('exit', () => {
  const { user, system } = process.cpuUsage()
  writeSync(REPORT_FD, String((user + system) / 1000))
})
