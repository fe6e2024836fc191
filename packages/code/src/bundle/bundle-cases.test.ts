import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { afterAll, describe, expect, it } from 'vitest'

import { ALL_CASES } from '../cases/all-cases.ts'
import { CaseProject } from '../cases/case-project.fixture.ts'
import type { EditCase } from '../cases/edit-case.ts'
import { Project } from '../closure/project.ts'
import { DIFFERENT_IN_BUNDLE } from '../oracle/known-differences-data.fixture.ts'
import { bundleStep } from './bundle-step.ts'
import { projectSource } from './project-source.ts'
import { writeBundle } from './write-bundle.ts'

/** One run of a step, in a thread of its own: from its project, or from its bundle. */
interface Job {
  readonly urls: readonly string[]
  readonly args: unknown
}

const RUNNER = `
import { readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads'
if (isMainThread) {
  const results = []
  for (const job of JSON.parse(readFileSync(process.argv[2], 'utf8'))) {
    const worker = new Worker(new URL(import.meta.url), { workerData: job, stdout: true, stderr: true })
    results.push(await new Promise((resolve) => worker.once('message', resolve).once('error', (error) => resolve('failed: ' + error.message))))
    await worker.terminate()
  }
  console.log('=>' + JSON.stringify(results))
} else {
  const context = { run: { name: 'r' }, signal: AbortSignal.timeout(1e9), secret: () => '', metric() {}, progress() {} }
  try {
    let module
    for (const url of workerData.urls) module = await import(url)
    const run = module.run ?? (module.a ?? module.default).entrypoint
    parentPort.postMessage(inspect(await run(workerData.args, context), { depth: 9 }))
  } catch (error) {
    parentPort.postMessage('failed: ' + error?.message)
  }
}
`
/** Every fifth case is enough to notice what breaks; all of them take a minute. */
const STEP = 5

const cases = Object.values(ALL_CASES)
  .flat()
  .filter(({ what = 'function', want, runs = true }) => what === 'function' && want !== 'nocache' && runs)
  .filter(({ name }) => !(name in DIFFERENT_IN_BUNDLE))
  .filter((_, index) => index % STEP === 0)
const folder = mkdtempSync(join(tmpdir(), 'cairn bundle cases '))
const projects: CaseProject[] = []

afterAll(() => {
  for (const project of projects) project[Symbol.dispose]()
  rmSync(folder, { recursive: true, force: true })
})

/** The two ways to run a case; `undefined` if it has no bundle by itself. */
async function jobsOf(one: EditCase): Promise<readonly [project: Job, bundle: Job] | undefined> {
  const project = new CaseProject(one)
  projects.push(project)
  const { file = 'pipeline.ts', entry = file, callee, args = {} } = one
  const path = join(project.dir, file)
  const text = readFileSync(path, 'utf8')
  const at = callee === undefined ? text.search(/(?<=[\s.=(])[\w$]+\(\s*\{ name: 'a'/) : text.indexOf(callee)
  const entries = [join(project.dir, entry)]
  const walked = new Project({ projectDir: project.dir, entries })
  const closure = walked.closureOf({ file: path, at, what: 'function' })
  if (closure.captured.length > 0) return undefined
  const ports = walked.ownPorts({ file: path, at }).map((what) => walked.closureOf({ file: path, at, what }))
  const source = projectSource(walked.graph.linker, entries)
  const bundle = await bundleStep({ source, projectDir: project.dir, profile: 'portable', closure, ports })
  if (!bundle.bundled) throw new Error(`${one.name}: ${bundle.reason} (${bundle.at ?? 'nowhere'})`)
  const urls = [...entries, path].map((name) => pathToFileURL(name).href)
  return [
    { urls, args },
    { urls: [await writeBundle(bundle, folder)], args },
  ]
}

describe('bundles of the cases of the walk', () => {
  it('give what the projects give', { timeout: 300_000 }, async () => {
    const jobs: Job[] = []
    const names: string[] = []
    for (const one of cases) {
      const pair = await jobsOf(one)
      if (pair === undefined) continue
      names.push(one.name)
      jobs.push(...pair)
    }
    writeFileSync(join(folder, 'jobs.json'), JSON.stringify(jobs))
    writeFileSync(join(folder, 'runner.mjs'), RUNNER)
    const flags = [
      '--no-warnings',
      '--experimental-transform-types',
      join(folder, 'runner.mjs'),
      join(folder, 'jobs.json'),
    ]
    const output = execFileSync(process.execPath, flags, { encoding: 'utf8', maxBuffer: 1 << 28 })
    // Sound: that is what the runner prints.
    const results = JSON.parse(/^=>(.*)$/m.exec(output)?.[1] ?? '[]') as readonly string[]
    const pairs = names.map((name, index) => ({ name, project: results[index * 2], bundle: results[index * 2 + 1] }))
    expect(pairs.length).toBeGreaterThan(30)
    expect(pairs.filter(({ project, bundle }) => project !== bundle)).toEqual([])
  })
})
