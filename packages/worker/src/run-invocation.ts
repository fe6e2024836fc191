import {
  cairnError,
  errorRecord,
  fromTaggedJson,
  hideSecret,
  sortableId,
  stepSecrets,
  thisProcess,
  type ArtifactRef,
  type ArtifactStore,
  type LogRef,
  type OutsideState,
  type PlainData,
  type ResultManifest,
  type StepDefinition,
  type StepEvent,
  type StepInvocation,
} from '@cairnml/core'

import { loadInputs } from './load-inputs.ts'
import { captureOutput, outsideOfStep } from './output/capture-output.ts'
import { closeLog, openLog } from './output/open-logs.ts'
import { StepOutput, type PrintedLine } from './output/step-output.ts'
import { Redactor } from './redactor.ts'
import { StepRecorder } from './step-recorder.ts'
import { storeOutputs } from './store-outputs.ts'
import { WorkFolder } from './work-folder.ts'
import { writeManifest } from './write-manifest.ts'

/** What a worker needs around it: the artifact store and the code, nothing else. */
export interface WorkerEnvironment {
  readonly store: ArtifactStore
  readonly step: StepDefinition
  /** Ends the work early; results of an aborted step are not stored. */
  readonly signal: AbortSignal
  /** Told what happens while the step runs. */
  readonly emit: (event: StepEvent) => void
  /**
   * Asked when the function has ended and its outputs are stored, before the manifest of a reusable result is written:
   * why it must not be reused after all, as a clause, or `undefined`. What a step declares of the outside may have
   * changed while it ran. A worker far from the driver looks at what it can see, which is the environment.
   */
  readonly confirm?: (() => Promise<string | undefined>) | undefined
  /** How references are looked at. @default everything is looked at anew */
  readonly outside?: OutsideState | undefined
  /** Where secrets are found. @default the environment of this process */
  readonly variables?: NodeJS.ProcessEnv | undefined
  /**
   * Gets what the step prints, line by line, in place of this process's standard output and standard error. Both ways
   * it is in the log. @default it goes where it is printed
   */
  readonly onPrinted?: ((line: PrintedLine) => void) | undefined
}

/**
 * Runs one invocation: opens inputs, runs the function, stores outputs, and writes the manifest last. A step that fails
 * is a manifest too.
 *
 * @throws only what makes even the manifest impossible: the signal's reason, faults of the artifact store
 */
export async function runInvocation(
  invocation: StepInvocation,
  environment: WorkerEnvironment,
): Promise<ResultManifest> {
  const { signal, store } = environment
  const startedAt = Date.now()
  await using folder = new WorkFolder()
  const { redactor, recorder, log, ended } = await executed(invocation, environment, folder)
  signal.throwIfAborted()
  const isReusable = ended.ok && invocation.key !== undefined
  const notKept = isReusable ? await environment.confirm?.() : undefined
  const manifest: ResultManifest = {
    format: 1,
    id: sortableId(),
    ...(isReusable && notKept === undefined ? { key: invocation.key } : {}),
    run: invocation.run,
    invocation: invocation.invocation,
    step: invocation.step,
    attempt: invocation.attempt,
    status: ended.ok ? 'completed' : 'failed',
    outputs: ended.ok ? redactor.outputs(ended.value) : {},
    metrics: recorder.metrics,
    metadata: recorder.metadata,
    ...(log === undefined ? {} : { log }),
    startedAt,
    endedAt: Date.now(),
    producer: thisProcess(),
    ...(ended.ok ? {} : { error: redactor.error(errorRecord(ended.error)) }),
    ...(notKept === undefined ? {} : { notKept }),
  }
  await writeManifest(store, manifest, { zone: invocation.zone, signal })
  return manifest
}

interface Executed {
  readonly redactor: Redactor
  readonly recorder: Pick<StepRecorder, 'metrics' | 'metadata'>
  readonly log?: LogRef | undefined
  readonly ended: Ended<Outputs>
}

/** Runs the function with its secrets; without them it is not called. */
async function executed(
  invocation: StepInvocation,
  environment: WorkerEnvironment,
  folder: WorkFolder,
): Promise<Executed> {
  const { signal, variables, onPrinted, store } = environment
  const secrets = await attempt(async () => stepSecrets(invocation.step, invocation.secrets, variables))
  if (!secrets.ok) return { redactor: new Redactor({}), recorder: { metrics: [], metadata: {} }, ended: secrets }
  // What it leaves behind may throw when it has ended.
  for (const secret of Object.values(secrets.value)) if (secret !== undefined) hideSecret(secret)
  const redactor = new Redactor(secrets.value)
  const log = openLog(store, invocation)
  // Who is told prints for the program, not for the step.
  const emit = (event: StepEvent): void => outsideOfStep(() => environment.emit(event))
  const recorder = new StepRecorder(invocation, { folder, signal, emit, secrets: secrets.value, redactor, log })
  const output = new StepOutput({ redactor, log, onPrinted })
  const ended = await captureOutput(output, () => attempt(() => execute(invocation, environment, { recorder, folder })))
  recorder.close()
  return { redactor, recorder, ended, log: await closeLog(log) }
}

type Outputs = { readonly [name: string]: ArtifactRef }
type Ended<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown }

async function attempt<T>(work: () => Promise<T>): Promise<Ended<T>> {
  try {
    return { ok: true, value: await work() }
  } catch (error) {
    return { ok: false, error }
  }
}

async function execute(
  invocation: StepInvocation,
  environment: WorkerEnvironment,
  own: { readonly recorder: StepRecorder; readonly folder: WorkFolder },
): Promise<Outputs> {
  const { step, store, signal, outside } = environment
  const warn = (sentence: string): void => own.recorder.context.log.warn(sentence)
  const io = { store, signal, outside, warn, folder: own.folder }
  const inputs = await loadInputs(invocation, step, io)
  signal.throwIfAborted()
  const returned = await step.run({ ...decodeParams(invocation), ...inputs }, own.recorder.context)
  signal.throwIfAborted()
  return storeOutputs(step, returned, io)
}

function decodeParams(invocation: StepInvocation): Readonly<Record<string, PlainData>> {
  try {
    return Object.fromEntries(Object.entries(invocation.params).map(([name, json]) => [name, fromTaggedJson(json)]))
  } catch (cause) {
    const where = `The invocation of step "${invocation.step}"`
    throw cairnError('CAIRN_DECLARATION_INVALID', { where, problem: 'its parameters cannot be decoded' }, { cause })
  }
}
