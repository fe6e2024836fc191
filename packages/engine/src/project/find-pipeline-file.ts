import { readFile, stat } from 'node:fs/promises'
import nodePath from 'node:path'

import { cairnError, nearestName } from '@cairnml/core'
import type { PipelineNames } from '@cairnml/code/definitions'

import { allBelow, cutGlob, hasWildcards, type Glob } from '../declared/glob.ts'
import { walkFiles } from '../declared/walk-files.ts'
import type { OpenProject } from './open-project.ts'

const MODULE = /(?<!\.d)\.[cm]?[jt]sx?$/

interface Source {
  /** From the working directory. */
  readonly path: string
  readonly text: string
}

/**
 * The file that defines a pipeline, among those that the project names. No file is executed: their texts are parsed,
 * first of those that hold the name at all.
 *
 * @returns a path from the working directory
 * @throws CAIRN_PIPELINE_UNLISTED, CAIRN_PIPELINE_FILES
 */
export async function findPipelineFile(name: string, { dirs, config }: OpenProject): Promise<string> {
  const { pipelineNames } = await import('@cairnml/code/definitions')
  const namesIn = ({ path, text }: Source): PipelineNames => pipelineNames(path, text)
  const sources = await sourcesOf(dirs.projectDir, config.pipelines)
  const defining = sources.filter((source) => source.text.includes(name) && namesIn(source).names.includes(name))
  const [only, ...others] = defining.map(({ path }) => path)
  if (only !== undefined && others.length === 0) return only
  if (only !== undefined) throw cairnError('CAIRN_PIPELINE_FILES', { name, files: [only, ...others] })
  const found = sources.map((source) => ({ path: source.path, ...namesIn(source) }))
  throw cairnError('CAIRN_PIPELINE_UNLISTED', {
    name,
    patterns: config.pipelines,
    nearest: nearestName(
      name,
      found.flatMap(({ names }) => names),
    ),
    unclear: found.filter(({ isUnclear }) => isUnclear).map(({ path }) => path),
  })
}

/**
 * The names of the pipelines that the files of the project define, as far as their texts say them. No file is executed.
 *
 * @throws for a file that cannot be read or parsed
 */
export async function definedPipelines({ dirs, config }: OpenProject): Promise<readonly string[]> {
  const sources = await sourcesOf(dirs.projectDir, config.pipelines)
  if (sources.length === 0) return []
  const { pipelineNames } = await import('@cairnml/code/definitions')
  return [...new Set(sources.flatMap(({ path, text }) => pipelineNames(path, text).names))]
}

async function sourcesOf(projectDir: string, patterns: readonly string[]): Promise<readonly Source[]> {
  const files = new Set<string>()
  for (const given of patterns) {
    const pattern = nodePath.sep === '\\' ? given.replaceAll('\\', '/') : given
    for (const file of await filesOf(nodePath.resolve(projectDir), pattern)) if (MODULE.test(file)) files.add(file)
  }
  return Promise.all(
    [...files].toSorted().map(async (file) => ({
      path: nodePath.relative('', file),
      text: await readFile(file, 'utf8'),
    })),
  )
}

/** Absolute paths. */
async function filesOf(projectDir: string, pattern: string): Promise<readonly string[]> {
  if (hasWildcards(pattern)) return below(projectDir, cutGlob(pattern))
  const path = nodePath.resolve(projectDir, pattern)
  const there = await stat(path).catch(() => undefined)
  if (there?.isDirectory() === true) return below(projectDir, allBelow(pattern))
  return there === undefined ? [] : [path]
}

async function below(projectDir: string, glob: Glob): Promise<readonly string[]> {
  const base = nodePath.resolve(projectDir, glob.base)
  return (await walkFiles(base, glob)).map((file) => nodePath.join(base, file))
}
