import { greetingProject } from '../command/greeting-project.ts'
import type { ProjectFiles, TemporaryProject } from '../project/temporary-project.ts'

/** An artifact store in one file of TypeScript: objects are files, whose names are their keys. */
export const OWN_STORE = `import { createReadStream } from 'node:fs'
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'

import { artifactStore, definePlugin, type ArtifactStore, type ObjectBody } from '@cairnml/core'
import { z } from 'zod'

interface Options { readonly folder: string; readonly token?: string | undefined }

class OwnStore implements ArtifactStore {
  readonly name: string
  readonly type = 'own'
  readonly capabilities = {}
  readonly #root: string
  constructor(name: string, root: string) { this.name = name; this.#root = root }

  async put(key: string, body: ObjectBody) {
    const file = join(this.#root, key)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, body as Uint8Array)
    const { size, mtimeMs } = await stat(file)
    return { key, size, lastModifiedMs: mtimeMs, written: true }
  }

  async get(key: string) {
    return (await this.stat(key)) === undefined ? undefined : createReadStream(join(this.#root, key))
  }

  async stat(key: string) {
    const found = await stat(join(this.#root, key)).catch(() => undefined)
    return found?.isFile() ? { key, size: found.size, lastModifiedMs: found.mtimeMs } : undefined
  }

  async *list(prefix: string) {
    const files = await readdir(this.#root, { recursive: true, withFileTypes: true }).catch(() => [])
    for (const file of files) {
      const key = relative(this.#root, join(file.parentPath, file.name)).replaceAll('\\\\', '/')
      const info = key.startsWith(prefix) ? await this.stat(key) : undefined
      if (info !== undefined) yield info
    }
  }

  async delete(key: string) { await rm(join(this.#root, key), { force: true }) }
}

if (process.env.OWN_LOADED) console.log('own-store is loaded')

export default definePlugin({
  name: 'own',
  components: [
    artifactStore<Options>({
      options: async () => z.strictObject({ folder: z.string(), token: z.string().meta({ secret: true }).optional() }),
      create: ({ folder, token }, { name, projectDir }) => {
        if (token !== undefined && token !== 'open sesame') throw new Error('the token is wrong')
        return new OwnStore(name, resolve(projectDir, folder))
      },
    }),
  ],
})
`

/** A project with the greeting pipeline and stacks. */
export function stackedProject(files: ProjectFiles = {}): TemporaryProject {
  return greetingProject({ 'cairn.yaml': '# a project\n', ...files })
}
