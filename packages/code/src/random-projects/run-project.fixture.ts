import { NOT_RUN, type RandomProject } from './random-project.fixture.ts'
import { Realm } from './realm.fixture.ts'

/** A step as a loaded project declares it. */
interface LiveStep {
  readonly run: (inputs: object, context: object) => unknown
  readonly input: LivePort | undefined
  readonly output: LivePort | undefined
}

interface LivePort {
  write(value: unknown, files: { write(path: string, data: string): void }): unknown
  read(files: { text(): Promise<string> }): unknown
}

/** A project that has been loaded. */
export interface LiveProject {
  readonly steps: ReadonlyMap<string, LiveStep>
  /** What each step gave when the project itself ran a pipeline, for the first time. */
  readonly duringLoad: ReadonlyMap<string, string | undefined>
}

/** What generated projects import as `cairnml`. Its pipelines run every step that is there, once. */
const CAIRNML = `
export const hooks = {}
export function step(declaration) {
  return {
    implement(run) {
      hooks.record(declaration.name, { run, input: declaration.inputs?.x, output: declaration.output })
      return { declaration }
    },
  }
}
export const materializer = (declaration) => declaration
export const pipeline = () => ({ run: () => hooks.run() })
`

interface Cairnml {
  /** Projects may patch the maps of their own realm. */
  readonly hooks: { record?: (name: string, step: LiveStep) => void; run?: () => Promise<void> }
}

interface Bundle {
  readonly run: LiveStep['run']
  readonly ports: Readonly<Record<'inputs' | 'outputs', Readonly<Record<string, LivePort | undefined>>>>
}

/** Nothing that a project waits for takes longer than this many turns of the event loop. */
const TURNS = 20

/** Loads a project as a new process would, in a realm of its own. Gives `undefined` if it cannot be loaded. */
export async function loadProject({ texts, entry }: RandomProject): Promise<LiveProject | undefined> {
  try {
    const realm = new Realm(new Map(texts).set('cairnml', CAIRNML))
    // Sound: it is what the module above exports.
    const { hooks } = (await realm.load('cairnml')) as Cairnml
    const steps = new Map<string, LiveStep>()
    const duringLoad = new Map<string, string | undefined>()
    hooks.record = (name, step) => void steps.set(name, step)
    hooks.run = async () => {
      await Promise.resolve()
      for (const [name, step] of steps) if (!duringLoad.has(name)) duringLoad.set(name, await runStep(step))
    }
    await orStuck(realm.load(entry))
    // What the project put off while it was loading happens before the first step.
    await new Promise(setImmediate)
    return { steps, duringLoad }
  } catch {
    return undefined
  }
}

/** Loads the bundle of a step as a worker would, in a realm of its own; what it throws there, it throws here. */
export async function loadBundle(name: string, code: string): Promise<LiveProject> {
  // Sound: it is what bundles export.
  const { run, ports } = (await new Realm(new Map([['step.mjs', code]])).load('step.mjs')) as Bundle
  await new Promise(setImmediate)
  const step = { run, input: ports.inputs['x'], output: ports.outputs['output'] }
  return { steps: new Map([[name, step]]), duringLoad: new Map() }
}

/** Runs steps one after the other in one process, in the given order; gives what each gave, every time: the first
 * while the project was loading. */
export async function runSteps(
  { steps, duringLoad }: LiveProject,
  order: readonly string[],
): Promise<ReadonlyMap<string, readonly (string | undefined)[]>> {
  const results = new Map<string, (string | undefined)[]>()
  for (const name of steps.keys()) results.set(name, [duringLoad.has(name) ? duringLoad.get(name) : NOT_RUN])
  for (const name of order) {
    const step = steps.get(name)
    const result = step === undefined ? undefined : await orStuck(runStep(step)).catch(() => undefined)
    results.set(name, [...(results.get(name) ?? []), result])
  }
  return results
}

/** Waits for a promise that depends on code alone; fails if it cannot settle, because modules wait for each other. */
async function orStuck<T>(promise: Promise<T>): Promise<T> {
  const stuck = async (): Promise<never> => {
    for (let turn = 0; turn < TURNS; turn++) await new Promise(setImmediate)
    throw new Error('The project waits for itself.')
  }
  return Promise.race([promise, stuck()])
}

/** What a step gives as text, through its declared types if it has some of its own; `undefined` if it throws. */
async function runStep({ run, input, output }: LiveStep): Promise<string | undefined> {
  try {
    const x = input === undefined ? 3 : await input.read({ text: async () => '3' })
    const value = await run({ x }, {})
    if (output === undefined) return shown(value)
    let written = ''
    await output.write(value, { write: (_, data) => void (written = data) })
    return shown([written, await output.read({ text: async () => written })])
  } catch {
    return undefined
  }
}

function shown(value: unknown): string {
  return String(JSON.stringify(value, (_, part: unknown) => plain(part)))
}

function plain(part: unknown): unknown {
  switch (typeof part) {
    case 'undefined':
    case 'function':
    case 'symbol':
    case 'bigint':
      return `<${typeof part}>`
    case 'number':
      return Number.isFinite(part) ? part : `<${part}>`
    default:
      return part
  }
}
