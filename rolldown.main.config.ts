import path from 'node:path'

import { defineConfig, type ChunkingContext, type RolldownOptions } from 'rolldown'

import base, { output } from './rolldown.config.ts'

/** What these entries load at once is one file each: `.`, nearly every process loads it, and the stack of every run. */
const ENTRIES: readonly (readonly [chunk: string, ...entries: readonly string[]])[] = [
  ['main', 'src/index.ts', 'src/packages/index.ts'],
  ['open-stack', 'src/stack/index.ts'],
]

/** Module ids by chunk, once the graph is known. */
let chunks: readonly (readonly [chunk: string, modules: ReadonlySet<string>])[] | undefined

/** Were each part that several entries use a file of its own, a process would open a dozen of them. */
function chunkOf(module: string, graph: ChunkingContext): string | undefined {
  chunks ??= ENTRIES.map(([chunk, ...entries]) => [chunk, importedBy(entries, graph)])
  return chunks.find(([, modules]) => modules.has(module))?.[0]
}

function importedBy(entries: readonly string[], graph: ChunkingContext): ReadonlySet<string> {
  const found = new Set(entries.map((entry) => path.resolve(entry)))
  for (const module of found) for (const imported of graph.getModuleInfo(module)?.importedIds ?? []) found.add(imported)
  return found
}

const config: RolldownOptions = defineConfig({
  ...base,
  output: { ...output, codeSplitting: { groups: [{ name: chunkOf }] } },
})

export default config
