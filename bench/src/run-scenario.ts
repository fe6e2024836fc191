import { writeFileSync } from 'node:fs'

import { REPORT_FD } from './processes/run-node.ts'
import { SCENARIOS } from './scenario-table.ts'

// Scenarios set these themselves; what the caller has set would change what is measured.
for (const name of Object.keys(process.env)) if (name.startsWith('CAIRN_')) Reflect.deleteProperty(process.env, name)

const [name = '', ...flags] = process.argv.slice(2)
const load = SCENARIOS[name]
if (load === undefined) throw new Error(`There is no scenario "${name}".`)
const scenario = await load()
const rows = await scenario({ quick: flags.includes('quick'), full: flags.includes('full') })
const json = JSON.stringify(rows)
// Started by hand, for a profile, there is nobody to report to.
if (process.stdout.isTTY || flags.includes('print')) process.stdout.write(`${json}\n`)
else writeFileSync(REPORT_FD, json)
