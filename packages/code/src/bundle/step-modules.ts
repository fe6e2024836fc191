import { fileURLToPath, pathToFileURL } from 'node:url'

import type { BundleFiles } from './bundle-files.ts'
import type { BundleOptions } from './bundle-step.ts'
import { FACADE_MODULE, facadeText } from './cairn-facade.ts'
import { capturedModule } from './captured-module.ts'
import { BUNDLE_FILE } from './code-bundle.ts'
import { CAPTURED_MODULE, cutModule, INERT_MODULE, type CutModule } from './cut-module.ts'
import { commonJsText } from './commonjs-text.ts'
import { entryText } from './entry-module.ts'
import { INERT_TEXT } from './inert-module.ts'
import type { KeptCode } from './kept-code.ts'
import type { ModuleText } from './link-modules.ts'
import { liveModules, loadedFiles } from './live-modules.ts'
import { moduleLinks } from './module-links.ts'
import type { VirtualModule } from './module-resolution.ts'
import { ModulePlans } from './plan-modules.ts'
import { portablePath } from './portable-path.ts'
import { rootPieces } from './root-pieces.ts'
import { syntaxEdits } from './syntax-edits.ts'

/** What the modules of a step are made from. */
export type StepModuleOptions = Omit<BundleOptions, 'captured'> & { readonly captured: ReadonlyMap<string, unknown> }

/** The modules of the main file of a bundle: those of the project, cut down, and those that hold them together. */
export class StepModules {
  /** Id of the module that exports what the bundle exports. */
  readonly entry: string = '\0cairn:entry'
  readonly #options: StepModuleOptions
  readonly #kept: KeptCode
  readonly #files: BundleFiles
  readonly #plans: ModulePlans
  readonly #live: ReadonlySet<string>
  readonly #starts: readonly string[]
  readonly #root: CutModule
  #hasDecorators = false

  constructor(options: StepModuleOptions, kept: KeptCode, files: BundleFiles) {
    const { source, closure } = options
    const { file } = closure.root
    this.#options = options
    this.#kept = kept
    this.#files = files
    this.#starts = [...new Set([...source.entries, file])]
    this.#plans = new ModulePlans(source, kept, { file, pieces: rootPieces(source, closure.root) })
    const { packageSpecifiers } = kept
    this.#live = liveModules({ source, plans: this.#plans, starts: this.#starts, packageSpecifiers })
    this.#root = this.#cut(file)
  }

  /** Whether any module had decorators, kept or not. */
  get hasDecorators(): boolean {
    return this.#hasDecorators
  }

  /** The text of a module of the project in the bundle; `undefined` if it is that of its file. */
  textOf(file: string): ModuleText | undefined {
    const { closure, projectDir, profile } = this.#options
    if (file === closure.root.file) return this.#root
    if (!this.#live.has(file)) return undefined
    const { kind } = this.#plans.of(file).summary
    if (kind === 'commonjs') return commonJsText(this.#options.source.textOf(file), { file, projectDir, profile })
    return kind === 'module' ? this.#cut(file) : undefined
  }

  /** Modules that are no files, by id. */
  async virtual(): Promise<ReadonlyMap<string, VirtualModule>> {
    const { profile, captured } = this.#options
    const core = this.#options.corePath ?? fileURLToPath(import.meta.resolve('@cairnml/core'))
    const names = Object.keys(await import('@cairnml/core'))
    const from = profile === 'local' ? pathToFileURL(core).href : core
    const loads = this.#loads()
    return new Map([
      [this.entry, { text: entryText(loads, this.#options.closure.root.file, this.#root.placed), hasEffects: true }],
      [INERT_MODULE, { text: INERT_TEXT, hasEffects: false }],
      [FACADE_MODULE, { text: facadeText(names, from), hasEffects: false }],
      [CAPTURED_MODULE, { text: capturedModule(captured), hasEffects: true }],
    ])
  }

  /**
   * What is loaded, in order: the modules that the project starts with, and before them those that run at load and were
   * loaded by an `import()` or `require` that is cut away.
   */
  #loads(): readonly string[] {
    const { source } = this.#options
    const loaded = loadedFiles(source, this.#plans, this.#starts)
    const first: string[] = []
    for (const file of this.#kept.effectFiles) {
      if (loaded.has(file)) continue
      first.push(file)
      for (const other of loadedFiles(source, this.#plans, [file])) loaded.add(other)
    }
    return [...first, ...this.#starts.filter((file) => this.#live.has(file))]
  }

  #cut(file: string): CutModule {
    const { source, projectDir, profile, captured } = this.#options
    const text = source.textOf(file)
    const plan = this.#plans.of(file)
    const urlOf = (specifier: string): string | undefined => this.#files.urlOf(file, BUNDLE_FILE, specifier)
    const syntax = syntaxEdits({ file, text, summary: plan.summary, urlOf, isPlaceKept: profile === 'local' })
    this.#hasDecorators ||= syntax.hasDecorators
    return cutModule({
      plan,
      text,
      syntax,
      captured: [...captured.keys()],
      links: moduleLinks(plan, { source, live: this.#live, packageSpecifiers: this.#kept.packageSpecifiers }),
      label: portablePath(projectDir, file),
    })
  }
}
