import { DatabaseSync } from 'node:sqlite'

import { expect } from 'vitest'

import type { PackageManager } from '../packed/packed-manifest.ts'
import type { CommandOptions, RunningCommand } from '../project/temporary-project.ts'
import { LocalRegistry } from '../registry/local-registry.ts'
import { RegistryProject } from '../registry/registry-project.ts'

/** What the store of the guide is opened with. */
const SEALED = { SEALED_PASSPHRASE: 'correct horse battery' }
const START: { readonly [M in PackageManager]: string } = {
  npm: 'npm create cairnml@latest my-app',
  pnpm: 'pnpm create cairnml my-app',
}

/** A project that `npm create cairnml`, or that of another package manager, has made in an empty folder. */
export class StrangersProject extends RegistryProject {
  readonly #registry: LocalRegistry
  #created = ''

  private constructor(registry: LocalRegistry) {
    super(registry.url, 'my-app')
    this.#registry = registry
  }

  /** @throws Error if it cannot be made or installed */
  static async create(manager: PackageManager): Promise<StrangersProject> {
    const project = new StrangersProject(await LocalRegistry.start())
    project.#created = await project.types(START[manager], { cwd: '..' })
    await project.types(`${manager} install`)
    return project
  }

  /** What was said when it was made. */
  get created(): string {
    return this.#created
  }

  override starts(line: string, { env, ...options }: CommandOptions = {}): RunningCommand {
    return super.starts(line, { ...options, env: { ...SEALED, ...env } })
  }

  /** Removes a result from the database of the guide's store, as a mishap would. */
  async losesResult(name: string): Promise<void> {
    // Sound: it is the format that the command documents.
    const { digest } = JSON.parse(await this.types(`cairn artifact show ${name} --json`)) as { readonly digest: string }
    const database = new DatabaseSync(this.path('sealed.sqlite'))
    try {
      const { changes } = database.prepare('DELETE FROM objects WHERE key LIKE ?').run(`%${digest}`)
      expect(changes).toBe(1)
    } finally {
      database.close()
    }
  }

  override [Symbol.dispose](): void {
    this.#registry[Symbol.dispose]()
    super[Symbol.dispose]()
  }
}
