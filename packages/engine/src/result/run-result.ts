import {
  cairnError,
  isHandle,
  readArtifact,
  SINGLE_OUTPUT,
  valueFolder,
  type ArtifactRef,
  type ArtifactStore,
  type Port,
  type Run,
  type RunRecord,
  type Status,
  type StepRun,
  type StoredValue,
} from '@cairnml/core'

import type { RunContext } from '../execute/run-context.ts'

/** What a finished run gives its caller. */
export function runResult(record: RunRecord, context: RunContext): Run {
  const steps = Object.fromEntries(context.live.plan.invocations.map(({ id }) => [id, stepRun(id, context)]))
  return {
    id: record.id,
    name: record.name,
    pipeline: record.pipeline,
    version: record.version,
    status: record.status,
    // Sound: it is built in the shape of what `build` returned, which is what the type is made from.
    result: resultOf(context.live.graph.result, steps, context) as Run['result'],
    steps,
  }
}

function stepRun(id: string, context: RunContext): StepRun {
  const node = context.live.nodes.get(id)
  const outcome = context.outcomes.get(id)
  const status: Status = outcome?.status ?? 'pending'
  const refs = outcome !== undefined && 'outputs' in outcome ? outcome.outputs : {}
  const store = context.components.artifactStore
  const outputs = Object.fromEntries(
    Object.entries(node?.step.ports.outputs ?? {}).map(([name, port]) => {
      const what = `The output "${name}" of step "${id}"`
      return [name, storedValue(refs[name], { what, port, store, status })]
    }),
  )
  return {
    id,
    step: node?.step.name ?? id,
    status,
    get output() {
      return onlyOutput(id, outputs, status)
    },
    outputs,
    metrics: outcome !== undefined && 'metrics' in outcome ? outcome.metrics : [],
    error: outcome?.status === 'failed' ? outcome.error : undefined,
  }
}

function onlyOutput(id: string, outputs: Readonly<Record<string, StoredValue>>, status: Status): StoredValue {
  const only = outputs[SINGLE_OUTPUT] ?? (Object.keys(outputs).length === 1 ? Object.values(outputs)[0] : undefined)
  if (only !== undefined) return only
  const names = Object.keys(outputs).join(', ')
  const what =
    names === '' ? `Step "${id}" has no output, so it` : `Step "${id}" has several outputs (${names}), so .output`
  throw cairnError('CAIRN_RESULT_MISSING', { what, status })
}

function storedValue(
  ref: ArtifactRef | undefined,
  of: { readonly what: string; readonly port: Port; readonly store: ArtifactStore; readonly status: Status },
): StoredValue {
  const { what, port, store, status } = of
  return {
    artifact: ref,
    async load() {
      if (ref !== undefined) return readArtifact(port, ref, { store, where: what, workDir: valueFolder() })
      // An optional output that its step left out.
      if (status === 'completed' || status === 'cached') return undefined
      throw cairnError('CAIRN_RESULT_MISSING', { what, status })
    },
  }
}

/** The shape that `build` returned, with every handle replaced by what loads its value. */
function resultOf(returned: unknown, steps: Readonly<Record<string, StepRun>>, context: RunContext): unknown {
  if (isHandle(returned)) {
    if (returned.source?.kind === 'external') return externalValue(returned, context)
    return returned.output === undefined ? undefined : steps[returned.id]?.outputs[returned.output]
  }
  if (Array.isArray(returned)) return returned.map((item) => resultOf(item, steps, context))
  if (typeof returned !== 'object' || returned === null) return undefined
  return Object.fromEntries(Object.entries(returned).map(([name, item]) => [name, resultOf(item, steps, context)]))
}

function externalValue(
  handle: { readonly source?: unknown; readonly port?: Port | undefined },
  context: RunContext,
): unknown {
  const index = context.live.externals.findIndex((data) => {
    const source = handle.source as { readonly data?: unknown } | undefined
    return source?.data === data
  })
  const store = context.components.artifactStore
  const { port } = handle
  if (port === undefined) return undefined
  return storedValue(context.externals[index], { what: 'The data from outside', port, store, status: 'completed' })
}
