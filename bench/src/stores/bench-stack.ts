import { DEFAULT_STACK } from '@cairnml/core'
import { openStack, PORT_TOKENS, type OpenStack } from '@cairnml/core/stack'
import { fileURLToPath } from 'node:url'

export { PORT_TOKENS }

/** This package: the plugins of the stack `default` are found from here. */
export const BENCH_DIR: string = fileURLToPath(new URL('../..', import.meta.url))

/** The stack `default` on a folder for local state. */
export async function openBenchStack(cairnDir: string): Promise<OpenStack> {
  return openStack(DEFAULT_STACK, { projectDir: BENCH_DIR, cairnDir, fallbackDirs: [] })
}

/** Runs that follow in this process use a folder for local state. */
export function useCairnDir(cairnDir: string): void {
  process.env['CAIRN_DIR'] = cairnDir
}
