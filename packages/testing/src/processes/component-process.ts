import { fork, type ChildProcess } from 'node:child_process'
import nodePath from 'node:path'

import type { Json } from '@cairnml/core'

import type { ComponentReference } from './component-reference.ts'
import type { ComponentReport, ComponentWork } from './component-task.ts'
import type { ComponentTaskName } from './component-tasks.ts'

const EXTENSION = nodePath.extname(import.meta.url)

/** A file of its own, in the sources as in the build. */
const PROGRAM = new URL(`component-program${EXTENSION}`, import.meta.url)

/** Sources are run by those who work on this repository, whose packages name them by this condition. */
const EXEC_ARGV = EXTENSION === '.ts' ? ['--conditions=@cairnml/source'] : []

/** Several processes; those that still run where they go out of scope are killed. */
export type ComponentProcesses = readonly ComponentProcess[] & AsyncDisposable

/** Another process that has a component open, to race it or to kill it. */
export class ComponentProcess {
  readonly #child: ChildProcess
  readonly #gone: Promise<unknown>
  readonly #told: Json[] = []
  #isOpen = false
  #isDone = false
  #problem: string | undefined
  #wake = Promise.withResolvers<void>()

  private constructor(work: ComponentWork) {
    this.#child = fork(PROGRAM, [], { execArgv: EXEC_ARGV, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
    let complaints = ''
    this.#child.stderr?.on('data', (chunk: Buffer) => (complaints += chunk.toString()))
    // Sound: the program says nothing else.
    this.#child.on('message', (report) => this.#hear(report as ComponentReport))
    const failed = heard(this.#child, 'error').then((error) => (this.#problem ??= String(error)))
    const closed = Promise.all(['exit', 'disconnect'].map((event) => heard(this.#child, event)))
    // One that could not be started at all has no end.
    this.#gone = (this.#child.pid === undefined ? failed : closed).then(() => {
      if (!this.#isDone) this.#problem ??= `the process ended early: ${complaints}`
      this.#wake.resolve()
    })
    this.#child.send(work)
  }

  /** Starts several processes for one task, opens the component in each, and lets them all begin. */
  static async start(
    reference: ComponentReference,
    task: ComponentTaskName,
    selves: readonly string[],
  ): Promise<ComponentProcesses> {
    await using started = new AsyncDisposableStack()
    const processes = selves.map((self) => new ComponentProcess({ ...reference, task: String(task), self }))
    for (const each of processes) started.defer(async () => void (await each.kill()))
    for (const each of processes) await each.#until(() => each.#isOpen)
    for (const each of processes) each.#child.send('begin')
    const running = started.move()
    return Object.assign(processes, { [Symbol.asyncDispose]: () => running.disposeAsync() })
  }

  /**
   * Starts several processes for one task, and lets all begin at once with every round. Each tells one thing in a round.
   *
   * @returns what each told
   */
  static async race(
    reference: ComponentReference,
    task: ComponentTaskName,
    { selves, rounds }: { readonly selves: readonly string[]; readonly rounds: number },
  ): Promise<readonly (readonly Json[])[]> {
    await using processes = await ComponentProcess.start(reference, task, selves)
    for (let round = 1; round <= rounds; round++) {
      for (const each of processes) each.#child.send('turn')
      await Promise.all(processes.map((each) => each.told(round)))
    }
    return await Promise.all(processes.map((each) => each.finished()))
  }

  /** Waits until it has told so many things. @throws if it ends before */
  async told(count: number): Promise<readonly Json[]> {
    await this.#until(() => this.#told.length >= count)
    return [...this.#told]
  }

  /** Waits for its end, and gives what it told. @throws if it failed */
  async finished(): Promise<readonly Json[]> {
    await this.#until(() => this.#isDone)
    await this.kill()
    return this.#told
  }

  /** Ends it by SIGKILL, and gives what it told until then. */
  async kill(): Promise<readonly Json[]> {
    this.#child.kill('SIGKILL')
    await this.#gone
    return this.#told
  }

  #hear(report: ComponentReport): void {
    if (report.is === 'open') this.#isOpen = true
    else if (report.is === 'told') this.#told.push(report.value)
    else if (report.is === 'done') this.#isDone = true
    else this.#problem = report.problem
    this.#wake.resolve()
  }

  async #until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      if (this.#problem !== undefined) {
        await this.kill()
        throw new Error(`A process that has the component open failed: ${this.#problem}`)
      }
      await this.#wake.promise
      this.#wake = Promise.withResolvers()
    }
  }
}

/** Waits for an event; unlike with `once`, an error of the process does not take its place. */
function heard(child: ChildProcess, event: string): Promise<unknown> {
  return new Promise((resolve) => child.on(event, resolve))
}
