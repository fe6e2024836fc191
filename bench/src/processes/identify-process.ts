import { writeSync } from 'node:fs'
import nodePath from 'node:path'
import { pathToFileURL } from 'node:url'

import { createCodeIdentity } from '@cairnml/code'
import { stepDefinition } from '@cairnml/core'

import { REPORT_FD } from './run-node.ts'

// Identifies all steps of a generated project, and reports the milliseconds and how many of the steps are known.
const [dir = ''] = process.argv.slice(2)
const file = nodePath.join(dir, 'steps.ts')
const steps = Object.values((await import(pathToFileURL(file).href)) as Readonly<Record<string, unknown>>)
const begun = performance.now()
const identity = createCodeIdentity({
  projectDir: dir,
  memoDir: nodePath.join(dir, '.cairn', 'closure'),
  entries: [file],
  // The files were written by the benchmark itself.
  startedAtMs: Infinity,
})
let known = 0
for (const value of steps) {
  const definition = stepDefinition(value)
  if (definition !== undefined && (await identity.identify(definition)).known) known += 1
}
writeSync(REPORT_FD, JSON.stringify({ ms: performance.now() - begun, known }))
