import { createRequire } from 'node:module'
import nodePath from 'node:path'
import { fileURLToPath } from 'node:url'

/** The script behind the command `cairn`. */
export const CAIRN: string = nodePath.join(
  nodePath.dirname(createRequire(import.meta.url).resolve('cairnml/package.json')),
  'bin',
  'cairn.js',
)

/** A script that does nothing: what Node needs by itself. */
export const NOTHING: readonly string[] = ['-e', '0']

/** The path of a pipeline of this package that runs as a program. */
export function pipelineFile(name: string): string {
  return fileURLToPath(new URL(`../pipelines/${name}.ts`, import.meta.url))
}
