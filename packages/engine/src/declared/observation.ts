import { cairnError, isCairnError, shownUrl, toTaggedJson, urlState } from '@cairnml/core'
import type {
  DeclaredOutside,
  FileForCaching,
  Json,
  KeyFacts,
  PlainData,
  UrlForCaching,
  VariableForCaching,
} from '@cairnml/core'

import { findFiles } from './find-files.ts'
import type { Outside } from './outside.ts'

const AT_ONCE = 8

/** Whose outside is looked at. */
export interface ObservedStep {
  readonly step: string
  readonly options: DeclaredOutside
  /** Ends looking at what takes long. */
  readonly signal?: AbortSignal | undefined
  /** The step's own key function, with what it is to be given. */
  readonly key?: { readonly of: KeyFunction; readonly facts: () => KeyFacts } | undefined
}

/** A key function without the types of its parameters. */
export type KeyFunction = (facts: KeyFacts) => PlainData | Promise<PlainData>

/**
 * What a step declares of the outside, as it was when the step was looked up. After the step has run, `changed` looks
 * again at everything that was asked for.
 */
export class Observation {
  readonly #step: ObservedStep
  readonly #outside: Outside
  /** Where files outside of the project lie, by the names under which they count. */
  readonly #places = new Map<string, string>()
  readonly #variables = new Map<string, string | undefined>()
  #files: Promise<readonly FileForCaching[]> | undefined
  #urls: Promise<readonly UrlForCaching[]> | undefined
  #ownKey: Promise<Json> | undefined

  constructor(step: ObservedStep, outside: Outside) {
    this.#step = step
    this.#outside = outside
  }

  files(): Promise<readonly FileForCaching[]> {
    return (this.#files ??= this.#lookAtFiles())
  }

  urls(): Promise<readonly UrlForCaching[]> {
    return (this.#urls ??= this.#lookAtUrls((url) => this.#outside.urlState(url, this.#step.signal)))
  }

  async variables(names: readonly string[]): Promise<readonly VariableForCaching[]> {
    for (const name of names) {
      if (!this.#variables.has(name)) this.#variables.set(name, this.#outside.environment[name])
    }
    const digests = await this.#outside.digestsOf(this.#variables)
    return names.map((name) => ({ name, digest: digests.get(name) }))
  }

  ownKey(): Promise<Json> {
    return (this.#ownKey ??= this.#callKey())
  }

  /**
   * What is no longer as it was, as a clause: `data/a.csv changed while it ran`. Then nobody knows which state the
   * result belongs to.
   */
  async changed(): Promise<string | undefined> {
    for (const [name, value] of this.#variables) {
      if (this.#outside.environment[name] !== value) return `the variable ${name} changed while it ran`
    }
    try {
      return (await this.#changedFile()) ?? (await this.#changedUrl()) ?? (await this.#changedKey())
    } catch (error) {
      const details = isCairnError(error) ? error.details : {}
      const what = [details['file'], details['url']].find((detail) => typeof detail === 'string')
      return `${what ?? 'what it declares'} cannot be looked at any more`
    }
  }

  async #changedFile(): Promise<string | undefined> {
    if (this.#files === undefined) return undefined
    const before = new Map((await this.#files).map(({ path, digest }) => [path, digest]))
    const after = new Map((await this.#lookAtFiles()).map(({ path, digest }) => [path, digest]))
    const changed = [...before.keys(), ...after.keys()].find((path) => before.get(path) !== after.get(path))
    return changed === undefined ? undefined : `${this.#places.get(changed) ?? changed} changed while it ran`
  }

  async #changedUrl(): Promise<string | undefined> {
    if (this.#urls === undefined) return undefined
    const before = await this.#urls
    const { signal } = this.#step
    const after = await this.#lookAtUrls((url) => urlState(url, { signal }))
    const changed = before.find(({ state }, at) => state !== after[at]?.state)
    return changed === undefined ? undefined : `${changed.url} changed while it ran`
  }

  async #changedKey(): Promise<string | undefined> {
    if (this.#ownKey === undefined) return undefined
    const [before, after] = [await this.#ownKey, await this.#callKey()]
    return JSON.stringify(before) === JSON.stringify(after) ? undefined : 'its own key changed while it ran'
  }

  async #lookAtFiles(): Promise<readonly FileForCaching[]> {
    const { step, options } = this.#step
    const { projectDir, files: memo } = this.#outside
    const found = [...(await findFiles({ step, patterns: options.files ?? [], projectDir }))]
    const files: FileForCaching[] = []
    for (const [path, file] of found) if (!file.startsWith(projectDir)) this.#places.set(path, file)
    const next = found.values()
    const hashRest = async (): Promise<void> => {
      for (const [path, file] of next) files.push({ path, digest: await this.#digestOf(path, file, memo) })
    }
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, found.length) }, hashRest))
    return files.toSorted((a, b) => (a.path < b.path ? -1 : 1))
  }

  async #digestOf(path: string, file: string, memo: Outside['files']): Promise<string> {
    try {
      return await memo.digestOf(file)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
      const details = {
        step: this.#step.step,
        file: this.#places.get(path) ?? path,
        problem: `it cannot be read (${code})`,
      }
      throw cairnError('CAIRN_DECLARED_FILE', details, { cause: error })
    }
  }

  #lookAtUrls(look: (url: string) => Promise<string>): Promise<readonly UrlForCaching[]> {
    const { step, options } = this.#step
    const states = (options.urls ?? []).map(async (url) => {
      const shown = shownUrl(url)
      const state = await look(url).catch((error: unknown) => {
        const problem = error instanceof Error ? error.message : String(error)
        throw cairnError('CAIRN_DECLARED_URL', { step, url: shown, problem }, { cause: error })
      })
      return { url: shown, state }
    })
    return Promise.all(states)
  }

  async #callKey(): Promise<Json> {
    const { step, key } = this.#step
    if (key === undefined) return null
    try {
      return toTaggedJson(await key.of(key.facts()), `The key of step "${step}"`)
    } catch (error) {
      const problem = error instanceof Error ? `${error.name}: ${error.message}`.replace(/\.$/, '') : String(error)
      throw cairnError('CAIRN_KEY_FUNCTION', { step, problem }, { cause: error })
    }
  }
}
