import type { ProjectFiles } from '../project/temporary-project.ts'

/** Names of plugins without `cairnml-plugin-`. */
export type InstalledPlugins = readonly string[]

/**
 * An installed package that supplies an artifact store, and writes a line into `loaded.txt` when it is loaded.
 *
 * @param before what its file begins with
 * @param rest what follows, in place of the store
 */
export function packagedStore(name: string, before = '', rest: string = storeOf(name)): ProjectFiles {
  const folder = `node_modules/cairnml-plugin-${name}`
  const manifest = { name: `cairnml-plugin-${name}`, version: '1.0.0', type: 'module', exports: './index.js' }
  return {
    [`${folder}/package.json`]: JSON.stringify(manifest).replaceAll(':', ': '),
    [`${folder}/index.js`]: before + rest,
    [`${folder}/options.js`]: `import { z } from 'zod'\nexport const OPTIONS = z.strictObject({ note: z.string().optional() })\n`,
  }
}

function storeOf(name: string): string {
  return `import { appendFileSync } from 'node:fs'
import { artifactStore, definePlugin, MemoryArtifactStore } from '@cairnml/core'
appendFileSync('loaded.txt', '${name}\\n')
export default definePlugin({
  name: '${name}',
  components: [
    artifactStore({
      options: async () => (await import('./options.js')).OPTIONS,
      create: (_options, { name }) => new MemoryArtifactStore(name),
    }),
  ],
})
`
}
