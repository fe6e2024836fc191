import { parseArgs } from 'node:util'

import type { Row } from './measurement/row.ts'
import { tableText } from './measurement/print-table.ts'
import { runNode } from './processes/run-node.ts'
import { SCENARIOS } from './scenario-table.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
  },
})

const names = values.only ?? Object.keys(SCENARIOS)
const unknown = names.find((name) => !Object.hasOwn(SCENARIOS, name))
if (unknown !== undefined) {
  process.stderr.write(`There is no scenario "${unknown}"; there are ${Object.keys(SCENARIOS).join(', ')}.\n`)
  process.exit(2)
}

const rows: Row[] = []
for (const name of names) {
  process.stderr.write(`${name} ...\n`)
  rows.push(...measure(name))
}
process.stdout.write(values.json ? `${JSON.stringify(rows, undefined, 2)}\n` : `${tableText(rows)}\n`)

/** Runs a scenario in a process of its own, so that none leaves its memory and compiled code to the next. */
function measure(name: string): readonly Row[] {
  const flags = [...(values.quick ? ['quick'] : []), ...(values.full ? ['full'] : [])]
  const script = new URL('run-scenario.ts', import.meta.url)
  const { report } = runNode([script, name, ...flags])
  // Sound: the script reports what a scenario gives.
  return JSON.parse(report) as readonly Row[]
}
