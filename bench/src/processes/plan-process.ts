import { writeFileSync } from 'node:fs'

import { pipelineDefinition } from '@cairnml/core'
import { planPipeline } from '@cairnml/engine'

import { chain } from '../pipelines/chain.ts'
import { BENCH_DIR, useCairnDir } from '../stores/bench-stack.ts'
import { TemporaryFolder } from '../stores/temporary-folder.ts'
import { REPORT_FD } from './run-node.ts'

using folder = new TemporaryFolder()
useCairnDir(folder.path)
const length = Number(process.argv[2])
const pipeline = pipelineDefinition(chain)
if (pipeline === undefined) throw new Error('The chain is no pipeline.')
const environment = { fallbackDirs: [BENCH_DIR] }
// Opens the stack, which is not part of a plan.
await planPipeline({ pipeline, args: { length: 1, by: 1 }, options: {}, environment })
const begun = performance.now()
const { steps } = await planPipeline({ pipeline, args: { length, by: 1 }, options: {}, environment })
const ms = performance.now() - begun
if (steps.length !== length) throw new Error(`The plan has ${steps.length} steps.`)
writeFileSync(REPORT_FD, JSON.stringify({ ms, peakMiB: process.resourceUsage().maxRSS / 1024 }))
