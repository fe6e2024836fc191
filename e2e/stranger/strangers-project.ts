import { DatabaseSync } from 'node:sqlite'

import { expect } from 'vitest'

import { packedManifest, type Manifest, type PackageManager, type Tarballs } from '../packed/packed-manifest.ts'
import { INSTALL, inPackedProject, packAll } from '../packed/packed-project.ts'
import { TemporaryProject, type CommandResult } from '../project/temporary-project.ts'

/** What the store of the guide is opened with. */
const env = { SEALED_PASSPHRASE: 'correct horse battery' }

/** A project that `npm create cairnml`, or that of another package manager, has made in an empty folder. */
export class StrangersProject extends TemporaryProject {
  readonly #manager: PackageManager
  #tarballs: Tarballs = {}
  #created = ''

  private constructor(manager: PackageManager) {
    super('my-app')
    this.#manager = manager
  }

  /** @throws Error if it cannot be made or installed */
  static async create(manager: PackageManager): Promise<StrangersProject> {
    const project = new StrangersProject(manager)
    project.#tarballs = await packAll(project, '../tarballs')
    const tarball = project.#tarballs['create-cairnml'] ?? ''
    const start = {
      npm: `npm exec --yes --package ${tarball} -- create-cairnml my-app`,
      pnpm: `pnpm --silent --package ${tarball} dlx create-cairnml my-app`,
    }
    const { code, stdout, stderr } = await inPackedProject(project, ['sh', '-c', start[manager]], { cwd: '..' })
    if (code !== 0) throw new Error(`${start[manager]} ended with ${code}:\n${stderr}${stdout}`)
    project.#created = stdout
    await project.installsIn('.')
    return project
  }

  /** What was said when it was made. */
  get created(): string {
    return this.#created
  }

  /** Runs a line in a shell. */
  shell(line: string): Promise<CommandResult> {
    return inPackedProject(this, ['sh', '-c', line], { env })
  }

  /** Runs a line that has to succeed; gives what it prints. */
  async types(line: string): Promise<string> {
    const { code, stdout, stderr } = await this.shell(line)
    expect({ line, code }, stderr + stdout).toEqual({ line, code: 0 })
    return stdout
  }

  /** Adds packages of Cairn to the project. */
  async installs(...names: readonly string[]): Promise<void> {
    await this.installsIn('.', names)
  }

  /** Installs what the manifest of a folder lists, and more packages of Cairn. */
  async installsIn(folder: string, names: readonly string[] = []): Promise<void> {
    // Sound for what is read of it: it was written by Cairn.
    const manifest = JSON.parse(this.read(`${folder}/package.json`)) as Manifest
    const added = Object.fromEntries(names.map((name) => [name, 'packed']))
    const dependencies = { ...manifest.dependencies, ...added }
    const files = packedManifest({ ...manifest, dependencies }, this.#manager, this.#tarballs)
    this.write(Object.fromEntries(Object.entries(files).map(([file, text]) => [`${folder}/${file}`, text])))
    await this.types(`cd ${folder} && ${INSTALL[this.#manager].join(' ')}`)
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
}
