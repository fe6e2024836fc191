import { parentPort, workerData } from 'node:worker_threads'

import type * as Loader from '@cairnml/loader'

import type { LoadedTask, ThreadResult } from './fresh-thread.fixture.ts'

interface Port {
  readonly read?: () => unknown
}

interface LoadedStep {
  readonly declaration: {
    readonly inputs?: Record<string, Port>
    readonly output?: Port
    readonly outputs?: Record<string, Port>
  }
  readonly entrypoint: (args: object) => unknown
}

interface LoadedBundle {
  readonly run: (args: object, context: object) => unknown
  readonly ports: { readonly inputs: Record<string, Port>; readonly outputs: Record<string, Port> }
}

const CONTEXT = {
  run: { name: 'r' },
  signal: AbortSignal.timeout(1e9),
  secret: () => '',
  metric() {},
  progress() {},
}

/** Loads what it is told; gives what there is to call. */
async function load({ of, load: urls, what, args, loader }: LoadedTask): Promise<(() => unknown) | string> {
  if (of === 'project') await register(loader)
  let loaded: Record<string, unknown> = {}
  // Sound: importing a module gives an object with its exports.
  for (const url of urls) loaded = (await import(url)) as Record<string, unknown>
  const [kind, name = ''] = what.split(':')
  if (of === 'bundle') {
    // Sound: it is what bundles export.
    const { run, ports } = loaded as unknown as LoadedBundle
    if (kind === 'function') return () => run(args, CONTEXT)
    return () => read((kind === 'input' ? ports.inputs : ports.outputs)[name])
  }
  // Sound: nothing else in a case has a declaration with that name.
  const step = Object.values(loaded).find((one) => nameOf(one) === 'a') as LoadedStep | undefined
  if (step === undefined) return 'it exports no step a'
  if (kind === 'function') return () => step.entrypoint(args)
  const { inputs = {}, output, outputs = {} } = step.declaration
  return () => read(kind === 'input' ? inputs[name] : (outputs[name] ?? output))
}

async function register(loader: string): Promise<void> {
  // Sound: it is what that module exports.
  const { registerLoader } = (await import(loader)) as typeof Loader
  registerLoader(({ problem }) => new Error(problem))
}

/** Schemas have nothing to read by. */
function read(port: Port | undefined): unknown {
  return port !== undefined && Object.hasOwn(port, 'read') ? port.read?.() : undefined
}

function nameOf(value: unknown): unknown {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return undefined
  const declaration: unknown = Reflect.get(value, 'declaration')
  return typeof declaration === 'object' && declaration !== null ? Reflect.get(declaration, 'name') : undefined
}

async function outcome(task: LoadedTask): Promise<ThreadResult> {
  try {
    const call = await load(task)
    if (typeof call === 'string') return { notRun: call }
    try {
      return { value: shown(await call()) }
    } catch (error) {
      return { thrown: String(error) }
    }
  } catch (error) {
    return { notRun: String(error) }
  }
}

function shown(value: unknown): string {
  return String(JSON.stringify(value, (_, part: unknown) => (isPlain(part) ? part : `<${String(part)}>`)))
}

function isPlain(part: unknown): boolean {
  if (typeof part === 'number') return Number.isFinite(part)
  return (
    typeof part === 'string' || typeof part === 'boolean' || (typeof part === 'object' && !(part instanceof RegExp))
  )
}

// Sound: the thread is only started with a task.
const task = workerData as LoadedTask
parentPort?.postMessage(await outcome(task))
