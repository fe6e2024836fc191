import path from 'node:path'

import { defineConfig, type ChunkingContext, type RolldownOptions } from 'rolldown'

import base, { output } from './rolldown.config.ts'

/** What the entry `.` loads at once, by module id. */
let main: ReadonlySet<string> | undefined

/**
 * One file for all of that. Nearly every process loads it, and were each part that another entry uses, too, a file of
 * its own, it would open a dozen of them.
 */
function chunkOf(module: string, graph: ChunkingContext): string | undefined {
  main ??= importedBy(path.resolve('src/index.ts'), graph)
  return main.has(module) ? 'main' : undefined
}

function importedBy(entry: string, graph: ChunkingContext): ReadonlySet<string> {
  const found = new Set([entry])
  for (const module of found) for (const imported of graph.getModuleInfo(module)?.importedIds ?? []) found.add(imported)
  return found
}

const config: RolldownOptions = defineConfig({
  ...base,
  output: { ...output, codeSplitting: { groups: [{ name: chunkOf }] } },
})

export default config
