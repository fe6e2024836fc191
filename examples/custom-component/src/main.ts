import { execFile } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { blobKey } from 'cairnml/plugin'

import { BlobArtifactStore } from './blob-store.ts'
import { BlobServer } from './blob-server/blob-server.ts'
import { FAULTS } from './blob-server/faults.ts'

/** What `cairn run --json` prints, as far as it is needed here. */
interface PrintedRun {
  readonly steps: readonly PrintedStep[]
}

interface PrintedStep {
  readonly step: string
  readonly status: string
  readonly outputs: Readonly<Record<string, { readonly digest: string }>>
}

const CAIRN = join(createRequire(import.meta.url).resolve('cairnml/package.json'), '../bin/cairn.js')
const sas = 'sv=2023-11-03&sp=rwdl&sr=c&sig=a+secret+of+this+example'

async function cairn(...args: readonly string[]): Promise<string> {
  const env = { ...process.env, BLOB_SAS: sas }
  return (await promisify(execFile)(process.execPath, [CAIRN, ...args], { env })).stdout
}

/** Runs the pipeline for a day on the stack `blob`, and says what became of its steps. */
async function show(title: string, asOf: string): Promise<readonly PrintedStep[]> {
  const printed = await cairn('run', 'weekly_sales', '--stack', 'blob', '--param', `asOf=${asOf}`, '--json')
  // Sound: the fields of this output are documented, and stay.
  const { steps } = JSON.parse(printed) as PrintedRun
  console.log(`${title}: ${steps.map(({ step, status }) => `${step} ${status}`).join(', ')}`)
  return steps
}

// A service on this machine in place of one elsewhere; one of ten requests to it fails.
const [, port] = /127\.0\.0\.1:(\d+)/.exec(await readFile('stacks/blob.yaml', 'utf8')) ?? []
const faults = { faults: FAULTS, percent: 10, seed: 1 }
await using server = await BlobServer.start({ sas, port: Number(port), faults })
const url = server.createContainer('cairn')
await rm('.cairn', { recursive: true, force: true })

console.log(await cairn('stack', 'describe', 'blob'))
const steps = await show('first run on the stack blob', '2026-11-16')
await show('once more', '2026-11-16')
await show('another day of that week', '2026-11-20')

const digest = steps.find(({ step }) => step === 'totals')?.outputs['output']?.digest ?? ''
await new BlobArtifactStore('mine', { url, sas, prefix: '', blockBytes: 65_536, conditionalPut: true }).delete(
  blobKey(digest),
)
await show('with the blob of totals deleted', '2026-11-18')
await show('a day of the next week', '2026-11-23')
const [why] = (await cairn('explain', 'last', 'orders')).split(' (against')
console.log(why)
