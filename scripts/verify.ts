import { parseArgs } from 'node:util'

import type { Stage } from './verify/stage.ts'
import { STAGES } from './verify/stages.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    skip: { type: 'string', multiple: true },
    bail: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

const MAX_LINES = 100
const names = STAGES.map(({ name }) => name)

if (values.help) {
  console.log(`pnpm verify [--only stage,...] [--skip stage,...] [--bail]\nStages: ${names.join(', ')}`)
} else {
  process.exitCode = await verify(chosenStages())
}

/** Runs the stages in order, one line each; gives the exit code. */
async function verify(stages: readonly Stage[]): Promise<number> {
  const failed: string[] = []
  for (const stage of stages) {
    if (!(await passes(stage))) failed.push(stage.name)
    if (failed.length > 0 && values.bail) break
  }
  const summary = failed.length === 0 ? 'all passed' : `failed: ${failed.join(', ')}`
  console.log(`\n${stages.length} stages, ${summary}`)
  return failed.length === 0 ? 0 : 1
}

async function passes(stage: Stage): Promise<boolean> {
  const start = performance.now()
  const result = await stage.run()
  const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(6)
  const mark = result.passed ? 'ok    ' : 'FAILED'
  console.log(`${stage.name.padEnd(11)} ${mark} ${seconds}s  ${result.note ?? ''}`.trimEnd())
  if (!result.passed) console.log(excerpt(result.output, stage.name).replace(/^(?=.)/gm, '    '))
  return result.passed
}

/** The start of a long report; all of it where single stages are asked for. */
function excerpt(output: string, stage: string): string {
  const lines = output.trimEnd().split('\n')
  if (lines.length <= MAX_LINES || values.only !== undefined) return lines.join('\n')
  const rest = `... ${lines.length - MAX_LINES} more lines: pnpm verify --only ${stage}`
  return [...lines.slice(0, MAX_LINES), rest].join('\n')
}

/** The stages that the options ask for. */
function chosenStages(): readonly Stage[] {
  const only = split(values.only)
  const skip = split(values.skip)
  return STAGES.filter(({ name }) => (only.length === 0 || only.includes(name)) && !skip.includes(name))
}

/** Stage names out of repeated or comma-separated options; an unknown one ends the process. */
function split(given: readonly string[] = []): readonly string[] {
  const asked = given.flatMap((list) => list.split(','))
  const unknown = asked.find((name) => !names.includes(name))
  if (unknown === undefined) return asked
  console.error(`There is no stage "${unknown}". Stages: ${names.join(', ')}`)
  process.exit(2)
}
