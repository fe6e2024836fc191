import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { Project } from '../closure/project.ts'
import { bundleStep, type BundleOptions } from './bundle-step.ts'
import type { CodeBundle, Unbundleable } from './code-bundle.ts'
import { projectSource } from './project-source.ts'
import { writeBundle } from './write-bundle.ts'

/** Text of each file, by path relative to the project. */
export type ProjectFiles = Readonly<Record<string, string>>

/** Which step of a project to bundle, and how. */
export interface BundleQuestion extends Partial<Pick<BundleOptions, 'profile' | 'captured' | 'corePath'>> {
  /** @default `steps.ts` */
  readonly file?: string | undefined
  /** Text in front of which the definition is: the name of the variable, or anything before `step(`. */
  readonly after?: string | undefined
  readonly entries?: readonly string[] | undefined
}

/** A project in a temporary folder, and an empty folder to run bundles in. */
export class BundledProject implements Disposable {
  readonly dir: string
  readonly empty: string
  readonly #files: Record<string, string> = {}

  constructor(files: ProjectFiles) {
    this.dir = realpathSync(mkdtempSync(join(tmpdir(), 'cairn bundled ')))
    this.empty = realpathSync(mkdtempSync(join(tmpdir(), 'cairn empty ')))
    this.write({ 'package.json': '{ "name": "project", "type": "module" }', ...files })
  }

  write(files: ProjectFiles): void {
    for (const [path, text] of Object.entries(files)) {
      const file = join(this.dir, path)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, text)
      this.#files[path] = text
    }
  }

  /** Bundles a step, or says why it cannot. */
  async ask(question: BundleQuestion = {}): Promise<CodeBundle | Unbundleable> {
    const { file = 'steps.ts', after = '', entries = [], profile = 'portable', captured, corePath } = question
    const text = this.#files[file]?.replace(/^\uFEFF/, '') ?? ''
    const at = text.indexOf('step(', text.indexOf(after))
    const paths = entries.map((entry) => join(this.dir, entry))
    const project = new Project({ projectDir: this.dir, entries: paths })
    const path = join(this.dir, file)
    const closure = project.closureOf({ file: path, at, what: 'function' })
    const ports = project.ownPorts({ file: path, at }).map((what) => project.closureOf({ file: path, at, what }))
    const source = projectSource(project.graph.linker, paths)
    return bundleStep({ source, projectDir: this.dir, profile, closure, ports, captured, corePath })
  }

  async bundle(question: BundleQuestion = {}): Promise<CodeBundle> {
    const bundle = await this.ask(question)
    if (!bundle.bundled) throw new Error(`there is no bundle: ${bundle.reason} (${bundle.at ?? 'nowhere'})`)
    return bundle
  }

  /**
   * What a bundle gives in a process of its own, in a folder that holds nothing else.
   *
   * @param script an expression that may use `run` and `ports`; its awaited value comes back as JSON
   */
  async run(bundle: CodeBundle, script = 'run({})', ...flags: readonly string[]): Promise<unknown> {
    const url = await writeBundle(bundle, this.empty)
    const text = `const { run, ports } = await import(${JSON.stringify(url)})
console.log('\\n=> ' + JSON.stringify({ value: await (${script}) }))`
    const runner = join(this.empty, 'run.mjs')
    writeFileSync(runner, text)
    const output = execFileSync(process.execPath, [...flags, runner], {
      cwd: this.empty,
      encoding: 'utf8',
      stdio: 'pipe',
    })
    const result: unknown = JSON.parse(/^=> (.*)$/m.exec(output)?.[1] ?? 'null')
    return typeof result === 'object' && result !== null && 'value' in result ? result.value : undefined
  }

  /** Bundles a step and runs its function. */
  async result(question: BundleQuestion = {}, script = 'run({})'): Promise<unknown> {
    return this.run(await this.bundle(question), script)
  }

  [Symbol.dispose](): void {
    rmSync(this.dir, { recursive: true, force: true })
    rmSync(this.empty, { recursive: true, force: true })
  }
}
