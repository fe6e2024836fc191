import { stripTypeScriptTypes } from 'node:module'
import { posix } from 'node:path'
import vm from 'node:vm'

import { NOT_RUN, type ProjectTexts, type RandomProject } from './random-project.fixture.ts'

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
export const recorded = new Map()
export const hooks = {}
export function step(declaration) {
  return {
    implement(run) {
      recorded.set(declaration.name, { run, input: declaration.inputs?.x, output: declaration.output })
      return { declaration }
    },
  }
}
export const materializer = (declaration) => declaration
export const pipeline = () => ({ run: () => hooks.run() })
`

interface Cairnml {
  readonly recorded: ReadonlyMap<string, LiveStep>
  readonly hooks: { run?: () => Promise<void> }
}

/** Nothing that a project waits for takes longer than this many turns of the event loop. */
const TURNS = 20

const javaScript = new Map<string, string>()

function toJavaScript(path: string, text: string): string {
  if (!path.endsWith('.ts')) return text
  const known = javaScript.get(text)
  if (known !== undefined) return known
  if (javaScript.size > 2000) javaScript.clear()
  const made = stripTypeScriptTypes(text, { mode: text.includes('enum ') ? 'transform' : 'strip' })
  javaScript.set(text, made)
  return made
}

/** One fresh realm: whatever a project patches in it is gone with it. */
class Realm {
  readonly context: vm.Context = vm.createContext({ console: { log() {} }, queueMicrotask, structuredClone })
  readonly cairnml: vm.SourceTextModule
  readonly #texts: ProjectTexts
  readonly #modules = new Map<string, vm.Module>()

  constructor(texts: ProjectTexts) {
    this.#texts = texts
    this.cairnml = new vm.SourceTextModule(CAIRNML, { context: this.context, identifier: 'cairnml' })
    this.#modules.set('cairnml', this.cairnml)
  }

  module(path: string): vm.Module {
    const known = this.#modules.get(path)
    if (known !== undefined) return known
    const text = this.#texts.get(path)
    if (text === undefined) throw new Error(`There is no ${path}.`)
    const made = path.endsWith('.json') ? this.#data(text) : this.#code(path, text)
    this.#modules.set(path, made)
    return made
  }

  #data(text: string): vm.Module {
    // Sound: parenthesised JSON is an expression, and its value is whatever JSON can be.
    const value: unknown = vm.runInContext(`(${text})`, this.context)
    const set = function (this: vm.SyntheticModule): void {
      this.setExport('default', value)
    }
    return new vm.SyntheticModule(['default'], set, { context: this.context })
  }

  #code(path: string, text: string): vm.Module {
    return new vm.SourceTextModule(toJavaScript(path, text), {
      context: this.context,
      identifier: path,
      importModuleDynamically: async (specifier) => this.load(this.#path(specifier, path)),
    })
  }

  #path(specifier: string, from: string): string {
    return specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier) : specifier
  }

  async load(path: string): Promise<vm.Module> {
    const module = this.module(path)
    if (module.status === 'unlinked') {
      await module.link((specifier, referrer) => this.module(this.#path(specifier, referrer.identifier)))
    }
    await module.evaluate()
    return module
  }
}

/** Loads a project as a new process would, in a realm of its own. Gives `undefined` if it cannot be loaded. */
export async function loadProject({ texts, entry }: RandomProject): Promise<LiveProject | undefined> {
  try {
    const realm = new Realm(texts)
    await realm.load('cairnml')
    // Sound: it is what the module above exports.
    const { recorded, hooks } = realm.cairnml.namespace as unknown as Cairnml
    const duringLoad = new Map<string, string | undefined>()
    hooks.run = async () => {
      await Promise.resolve()
      for (const [name, step] of recorded) if (!duringLoad.has(name)) duringLoad.set(name, await runStep(step))
    }
    await orStuck(realm.load(entry))
    // What the project put off while it was loading happens before the first step.
    await new Promise(setImmediate)
    return { steps: recorded, duringLoad }
  } catch {
    return undefined
  }
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
