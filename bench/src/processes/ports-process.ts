import { writeFileSync } from 'node:fs'

import '@cairnml/core'
import { useCompileCache } from '@cairnml/loader/compiled'

import { TemporaryFolder } from '../stores/temporary-folder.ts'
import { REPORT_FD } from './run-node.ts'

// The process reports how much processor time it takes to have the components of the stack `default`: through the
// container, or made directly. What every program with pipelines has loaded is loaded before, and what Node compiles is
// kept, as in a run.
useCompileCache()
using folder = new TemporaryFolder()
const begun = process.cpuUsage()
const made = process.argv[2] === 'container' ? await throughContainer(folder.path) : await directly(folder.path)
const { user, system } = process.cpuUsage(begun)
if (made !== 'local local sqlite content sqlite') throw new Error(`The stack has other components: ${made}.`)
writeFileSync(REPORT_FD, String((user + system) / 1000))

async function throughContainer(cairnDir: string): Promise<string> {
  const { openBenchStack, PORT_TOKENS } = await import('../stores/bench-stack.ts')
  const stack = await openBenchStack(cairnDir)
  const types = [
    (await stack.get(PORT_TOKENS.orchestrator)).type,
    (await stack.get(PORT_TOKENS.artifactStore)).type,
    (await stack.get(PORT_TOKENS.metadataStore)).type,
    (await stack.get(PORT_TOKENS.cachePolicy)).type,
    (await stack.get(PORT_TOKENS.cacheIndex)).type,
  ]
  return types.join(' ')
}

async function directly(cairnDir: string): Promise<string> {
  const { constructComponents } = await import('../floors/components-floor.ts')
  return (await constructComponents(cairnDir)).join(' ')
}
