import { writeSync } from 'node:fs'
import { text } from 'node:stream/consumers'

import { ARTIFACT_STORE, type PortMap, type StepDefinition } from '@cairnml/core'
import { openStack } from '@cairnml/core/stack'
import { runInvocation } from '@cairnml/worker'

import { PlanningStore } from '../plan/planning-store.ts'
import { REPORT_FD, type RerunReport, type RerunRequest } from './rerun-request.ts'

interface BundledModule {
  readonly run: StepDefinition['run']
  readonly ports: { readonly inputs: PortMap; readonly outputs: PortMap }
}

/**
 * A process that executes one step from its bundle. It reads inputs from the artifact store and writes nothing there.
 * The request is JSON on standard input.
 */
async function rerun(request: RerunRequest): Promise<RerunReport> {
  const { invocation, module, form, stack, ...environment } = request
  await using open = await openStack(stack, environment)
  const store = new PlanningStore(await open.get(ARTIFACT_STORE))
  // Sound: the bundler writes these exports.
  const { run, ports } = (await import(module)) as BundledModule
  const step: StepDefinition = {
    name: invocation.step,
    params: undefined,
    ports: { ...ports, form },
    options: {},
    preset: {},
    run,
    site: { stack: '', repeated: false },
    origin: {},
  }
  const { signal } = new AbortController()
  const manifest = await runInvocation(invocation, { store, step, signal, emit: () => undefined })
  if (manifest.status !== 'completed') {
    return { status: 'failed', problem: manifest.error?.message ?? 'it did not complete' }
  }
  const outputs = Object.entries(manifest.outputs).map(([name, { digest }]) => [name, digest])
  return { status: 'completed', outputs: Object.fromEntries(outputs) }
}

async function report(): Promise<RerunReport> {
  try {
    // Sound: the process that starts this one writes it.
    return await rerun(JSON.parse(await text(process.stdin)) as RerunRequest)
  } catch (error) {
    return { status: 'failed', problem: error instanceof Error ? error.message : String(error) }
  }
}

writeSync(REPORT_FD, JSON.stringify(await report()))
process.exit(0)
