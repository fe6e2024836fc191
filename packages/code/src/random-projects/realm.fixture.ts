import { stripTypeScriptTypes } from 'node:module'
import { posix } from 'node:path'
import vm from 'node:vm'

import type { ProjectTexts } from './random-project.fixture.ts'

/** What projects and bundles find in the global scope besides the language. */
const GLOBALS = {
  queueMicrotask,
  structuredClone,
  setTimeout,
  clearTimeout,
  process,
  URL,
  Buffer,
  performance,
  AbortSignal,
  AbortController,
  TextEncoder,
  TextDecoder,
}

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

/** One fresh realm with modules that import each other: whatever they patch in it is gone with it. */
export class Realm {
  readonly #context = vm.createContext({ console: { log() {} }, ...GLOBALS })
  readonly #texts: ProjectTexts
  readonly #modules = new Map<string, vm.Module>()

  /** @param texts by path, or by the specifier of a package */
  constructor(texts: ProjectTexts) {
    this.#texts = texts
  }

  /**
   * Evaluates a module with all that it imports, and gives its exports.
   *
   * @throws whatever the modules throw
   */
  async load(path: string): Promise<object> {
    const module = await this.#module(path)
    if (module.status === 'unlinked') {
      await module.link((specifier, referrer) => this.#module(this.#path(specifier, referrer.identifier)))
    }
    await module.evaluate()
    return module.namespace
  }

  async #module(path: string): Promise<vm.Module> {
    const known = this.#modules.get(path)
    if (known !== undefined) return known
    const text = this.#texts.get(path)
    if (text === undefined && !path.startsWith('node:')) throw new Error(`There is no ${path}.`)
    const builtin: object | undefined = text === undefined ? await import(path) : undefined
    const made = builtin === undefined ? this.#ofText(path, text ?? '') : this.#ofBuiltin(builtin)
    this.#modules.set(path, made)
    return made
  }

  #ofBuiltin(builtin: object): vm.Module {
    return this.#synthetic(Object.entries(builtin))
  }

  #ofText(path: string, text: string): vm.Module {
    // Parenthesised JSON is an expression; its objects are those of the realm.
    if (path.endsWith('.json')) return this.#synthetic([['default', vm.runInContext(`(${text})`, this.#context)]])
    return new vm.SourceTextModule(toJavaScript(path, text), {
      context: this.#context,
      identifier: path,
      importModuleDynamically: (specifier) => this.#imported(this.#path(specifier, path)),
    })
  }

  async #imported(path: string): Promise<vm.Module> {
    await this.load(path)
    return this.#module(path)
  }

  #synthetic(exports: readonly (readonly [name: string, value: unknown])[]): vm.Module {
    const set = function (this: vm.SyntheticModule): void {
      for (const [name, value] of exports) this.setExport(name, value)
    }
    return new vm.SyntheticModule(
      exports.map(([name]) => name),
      set,
      { context: this.#context },
    )
  }

  #path(specifier: string, from: string): string {
    return specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier) : specifier
  }
}
