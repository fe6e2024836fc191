import { hash } from 'node:crypto'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { bundleStep } from '../bundle/bundle-step.ts'
import type { CodeBundle, Unbundleable } from '../bundle/code-bundle.ts'
import { projectSource } from '../bundle/project-source.ts'
import { Project } from '../closure/project.ts'
import type { ModuleSummary } from '../summary/module-summary.ts'
import { CapturedValues } from './captured-values.fixture.ts'
import type { Identity, Key } from './identity.fixture.ts'
import { definitionOffset, type ProjectTexts, type RandomProject, type RandomStep } from './random-project.fixture.ts'
import type { LiveProject } from './run-project.fixture.ts'

const INSTALLED = {
  'package.json': '{ "name": "project", "type": "module" }',
  'node_modules/cairnml/package.json':
    '{ "name": "cairnml", "version": "1.0.0", "type": "module", "exports": "./index.js" }',
  'node_modules/cairnml/index.js': 'export const step = 1, pipeline = 1, materializer = 1',
}

/** The walk through the code, as it finds it in a folder; a new one for each variant of a project. */
export class WalkedIdentity implements Identity, Disposable {
  readonly dir: string = realpathSync(mkdtempSync(join(tmpdir(), 'cairn random ')))
  readonly #captured = new CapturedValues()
  readonly #summaries = new Map<string, ModuleSummary>()
  readonly #written = new Map<string, string>(Object.entries(INSTALLED))
  #texts: ProjectTexts | undefined
  #walk: Project | undefined

  constructor() {
    for (const [path, text] of this.#written) this.#write(path, text)
  }

  keyOf(step: RandomStep, project: RandomProject, live: LiveProject): Key {
    const at = definitionOffset(project.texts, step)
    if (at === undefined) return { reason: 'it is not defined' }
    const walk = this.#walkOf(project)
    const file = join(this.dir, step.file)
    const code = walk.closureOf({ file, at, what: 'function' })
    const names = walk.ownPorts({ file, at })
    const ports = names.map((what) => walk.closureOf({ file, at, what }))
    const refusal = [code, ...ports].find(({ reasons }) => reasons.length > 0)?.reasons[0]
    if (refusal !== undefined) return { reason: refusal.reason }
    const captured =
      code.captured.length === 0 ? '' : this.#captured.read(live.steps.get(step.name)?.run, code.captured)
    if (captured === undefined) return { reason: 'it captures something that is not plain data' }
    return { digest: hash('sha256', [code.digest, ...names, ...ports.map(({ digest }) => digest), captured].join()) }
  }

  /** The bundle of a step that is not refused and captures nothing; otherwise why there is none. */
  async bundle(step: RandomStep, project: RandomProject): Promise<CodeBundle | Unbundleable> {
    const at = definitionOffset(project.texts, step) ?? 0
    const walk = this.#walkOf(project)
    const file = join(this.dir, step.file)
    const closure = walk.closureOf({ file, at, what: 'function' })
    const ports = walk.ownPorts({ file, at }).map((what) => walk.closureOf({ file, at, what }))
    const source = projectSource(walk.graph.linker, [join(this.dir, project.entry)])
    return bundleStep({ source, projectDir: this.dir, profile: 'portable', closure, ports })
  }

  [Symbol.dispose](): void {
    rmSync(this.dir, { recursive: true, force: true })
  }

  #walkOf({ texts, entry }: RandomProject): Project {
    if (this.#walk !== undefined && this.#texts === texts) return this.#walk
    for (const [path, text] of texts) if (this.#written.get(path) !== text) this.#write(path, text)
    for (const path of this.#written.keys()) if (!texts.has(path) && !(path in INSTALLED)) this.#remove(path)
    if (this.#summaries.size > 2000) this.#summaries.clear()
    this.#texts = texts
    this.#walk = new Project({ projectDir: this.dir, entries: [join(this.dir, entry)], summaries: this.#summaries })
    return this.#walk
  }

  #write(path: string, text: string): void {
    if (path in INSTALLED) mkdirSync(dirname(join(this.dir, path)), { recursive: true })
    writeFileSync(join(this.dir, path), text)
    this.#written.set(path, text)
  }

  #remove(path: string): void {
    rmSync(join(this.dir, path))
    this.#written.delete(path)
  }
}
