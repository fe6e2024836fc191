import { urlState, type CacheIndex, type OutsideState } from '@cairnml/core'

import type { ProjectDirs } from '../project/project-dirs.ts'
import { hashingSecret } from '../secrets/hashing-secret.ts'
import { variableDigest } from '../secrets/variable-digest.ts'
import { FileMemo } from './file-memo.ts'

/** One per project and process: it remembers the files that it has read. */
const memos = new Map<string, FileMemo>()

/** What is around the steps of one run: files of the project, URLs, environment variables. */
export class Outside {
  readonly projectDir: string
  readonly environment: NodeJS.ProcessEnv
  readonly files: FileMemo
  readonly #index: CacheIndex
  readonly #cairnDir: string
  readonly #urls = new Map<string, Promise<string>>()
  readonly #digests = new Map<string, { readonly value: string | undefined; readonly digest: string | undefined }>()
  #secret: Uint8Array | undefined

  constructor(dirs: ProjectDirs, index: CacheIndex, environment: NodeJS.ProcessEnv = process.env) {
    this.projectDir = dirs.projectDir
    this.environment = environment
    this.#index = index
    this.#cairnDir = dirs.cairnDir
    const place = `${dirs.projectDir}\0${dirs.cairnDir}`
    this.files = memos.get(place) ?? new FileMemo(dirs)
    memos.set(place, this.files)
  }

  /** What references are looked at with: files by the memo, URLs anew each time, as a step may have changed them. */
  references(signal?: AbortSignal): OutsideState {
    return { fileDigest: (path) => this.files.digestOf(path), urlState: (url) => urlState(url, { signal }) }
  }

  /** The state of a URL, asked for once in a run. */
  urlState(url: string, signal?: AbortSignal): Promise<string> {
    const state = this.#urls.get(url) ?? urlState(url, { signal })
    this.#urls.set(url, state)
    return state
  }

  /** The keyed digests of variables by name, `undefined` where one is not set; many steps ask for the same. */
  async digestsOf(
    variables: ReadonlyMap<string, string | undefined>,
  ): Promise<ReadonlyMap<string, string | undefined>> {
    this.#secret ??= await hashingSecret(this.#index, this.#cairnDir)
    const digests = new Map<string, string | undefined>()
    for (const [name, value] of variables) {
      const known = this.#digests.get(name)
      const digest = known?.value === value ? known?.digest : variableDigest(name, value, this.#secret)
      if (known?.value !== value) this.#digests.set(name, { value, digest })
      digests.set(name, digest)
    }
    return digests
  }
}
