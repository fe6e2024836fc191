import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { Worker } from 'node:worker_threads'

/** What a fresh thread is to load and run. */
export type ThreadTask =
  | {
      readonly of: 'project'
      /** URLs, in order: the entry, then the file of the step. */
      readonly load: readonly string[]
      /** `function`, or the port whose `read` is called. */
      readonly what: string
      readonly args: Readonly<Record<string, unknown>>
    }
  | {
      readonly of: 'bundle'
      readonly load: readonly [string]
      readonly what: string
      readonly args: Readonly<Record<string, unknown>>
    }

/** What a thread is given. */
export type LoadedTask = ThreadTask & { readonly loader: string }

/** What came of it. */
export type ThreadResult =
  | { readonly value: string }
  /** The step, or what it reads, threw. */
  | { readonly thrown: string }
  /** The code cannot be loaded here, or has no step `a` to be found. */
  | { readonly notRun: string }

const SOURCE = readFileSync(new URL('./thread-program.fixture.ts', import.meta.url), 'utf8')
/** Without types, so that a thread for a bundle need not load a compiler: that is half of its time. */
const PROGRAM = new URL(`data:text/javascript;base64,${Buffer.from(stripTypeScriptTypes(SOURCE)).toString('base64')}`)
const FLAGS = ['--conditions=@cairnml/source', '--no-warnings']
/** What compiles what Node does not run as it is. */
const LOADER = new URL('../../../loader/src/index.ts', import.meta.url).href

/** Runs a step in a realm of its own: whatever it patches there is gone with it. */
export function inFreshThread(task: ThreadTask): Promise<ThreadResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(PROGRAM, {
      workerData: { ...task, loader: LOADER },
      execArgv: FLAGS,
      env: { ...process.env },
      stdout: true,
      stderr: true,
    })
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('The thread ended without a result.')))
    worker.once('message', (result: ThreadResult) => {
      resolve(result)
      void worker.terminate()
    })
  })
}
