import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

import type { BundlesOptions, BundlesReport } from './check-bundles.fixture.ts'
import type { CheckFigures } from './check-projects.fixture.ts'
import type { WaysReport } from './check-ways.fixture.ts'
import type { CheckingAnswer, CheckingTask, Task } from './checking-process.fixture.ts'

const PROGRAM = fileURLToPath(new URL('./checking-process.fixture.ts', import.meta.url))
const FLAGS = ['--experimental-vm-modules', '--no-warnings', '--conditions=@cairnml/source']
/** Seeds of the processes are so far apart that they check different projects. */
const SEEDS_APART = 1_000_000
/** Node never lets go of a realm that has loaded modules, so that a process must not live long. */
const CHECKS_PER_PROCESS = 2500

/** Splits the checks among processes of their own, which may load modules into fresh realms. */
export async function checkInProcesses(task: CheckingTask, atOnce: number): Promise<CheckingAnswer> {
  const count = Math.max(atOnce, Math.ceil(task.checks / CHECKS_PER_PROCESS))
  const checks = Math.ceil(task.checks / count)
  const stability = task.stability === undefined ? undefined : Math.ceil(task.stability / count)
  const tasks = Array.from({ length: count }, (_, index) => {
    return { ...task, checks, stability, seed: task.seed + index * SEEDS_APART }
  })
  const answers: CheckingAnswer[] = []
  const takeTasks = async (): Promise<void> => {
    for (let next = tasks.shift(); next !== undefined; next = tasks.shift()) {
      answers.push(await inProcess<CheckingAnswer>(next))
      // One is enough to know; the others would be waited for in vain.
      if (answers.at(-1)?.falseHits.length !== 0) tasks.length = 0
    }
  }
  await Promise.all(Array.from({ length: atOnce }, takeTasks))
  return answers.reduce(sum)
}

/** Goes through the table of ways to change what a step reads. */
export async function checkWaysInProcesses(processes: number): Promise<WaysReport> {
  const tasks = Array.from({ length: processes }, (_, part) => ({ part, of: processes }))
  const reports = await Promise.all(tasks.map((one) => inProcess<WaysReport>(one)))
  return {
    seen: reports.reduce((all, { seen }) => all + seen, 0),
    refused: reports.reduce((all, { refused }) => all + refused, 0),
    unseen: reports.flatMap(({ unseen }) => unseen),
    pointless: reports.flatMap(({ pointless }) => pointless),
  }
}

/** Splits the steps to bundle among processes. */
export async function checkBundlesInProcesses(options: BundlesOptions, processes: number): Promise<BundlesReport> {
  const bundles = Math.ceil(options.bundles / processes)
  const tasks = Array.from({ length: processes }, (_, index) => {
    return { ...options, bundles, seed: options.seed + index * SEEDS_APART }
  })
  const reports = await Promise.all(tasks.map((one) => inProcess<BundlesReport>(one)))
  return {
    bundles: reports.reduce((all, one) => all + one.bundles, 0),
    without: reports.reduce((all, { without }) => all + without, 0),
    different: reports.flatMap(({ different }) => different),
  }
}

/** One line of figures. */
export function showFigures({ projects, checks, changed, changedRefused, refused, needless }: CheckFigures): string {
  const share = (of: number): string => `${((100 * of) / Math.max(1, checks)).toFixed(1)} %`
  return [
    `${checks} checks of ${projects} projects`,
    `${changed} changed results (${changedRefused} of them refused)`,
    `${share(refused)} refused`,
    `${share(needless)} rerun needlessly`,
  ].join(', ')
}

/** Callers name the answer that their task has. */
function inProcess<T>(task: Task): Promise<T> {
  return new Promise((resolve, reject) => {
    const child = fork(PROGRAM, { execArgv: FLAGS })
    child.once('error', reject)
    child.once('exit', (code, signal) => reject(new Error(`The checking process ended with ${signal ?? code}.`)))
    child.once('message', (message: { readonly report: T } | { readonly error: string }) => {
      if ('report' in message) resolve(message.report)
      else reject(new Error(message.error))
    })
    child.send(task)
  })
}

function sum(one: CheckingAnswer, other: CheckingAnswer): CheckingAnswer {
  const reasons = { ...one.reasons }
  for (const [reason, count] of Object.entries(other.reasons)) reasons[reason] = (reasons[reason] ?? 0) + count
  return {
    projects: one.projects + other.projects,
    checks: one.checks + other.checks,
    changed: one.changed + other.changed,
    changedRefused: one.changedRefused + other.changedRefused,
    refused: one.refused + other.refused,
    needless: one.needless + other.needless,
    reasons,
    falseHits: [...one.falseHits, ...other.falseHits],
    unstable: [...one.unstable, ...other.unstable],
  }
}
