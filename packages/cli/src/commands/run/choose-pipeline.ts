import { cairnError, pipelineDefinition, type PipelineDefinition } from '@cairnml/core'

/**
 * Which pipeline of a loaded file is meant: of those that it exports, or else of those that it defines, the one of the
 * given name or the only one.
 *
 * @throws CAIRN_PIPELINE_MISSING, CAIRN_PIPELINE_UNKNOWN, CAIRN_PIPELINE_AMBIGUOUS
 */
export function choosePipeline(of: {
  readonly file: string
  readonly name: string | undefined
  readonly exports: Readonly<Record<string, unknown>>
  readonly definitions: readonly PipelineDefinition[]
}): PipelineDefinition {
  const { file, name } = of
  // A module tells its exports by name; which definition is the last one is a matter of when they were made.
  const exported = exportedPipelines(of.exports).toSorted(
    (a, b) => of.definitions.indexOf(a) - of.definitions.indexOf(b),
  )
  const candidates = byName(exported.length > 0 ? exported : of.definitions)
  const known = [...candidates.keys()]
  if (name !== undefined) {
    const found = candidates.get(name) ?? byName(of.definitions).get(name)
    if (found !== undefined) return found
    if (known.length > 0) throw cairnError('CAIRN_PIPELINE_UNKNOWN', { file, name, known })
  }
  const [only] = candidates.values()
  if (only === undefined) throw cairnError('CAIRN_PIPELINE_MISSING', { file })
  if (candidates.size > 1) throw cairnError('CAIRN_PIPELINE_AMBIGUOUS', { file, known })
  return only
}

/** Whether a module exports a pipeline. */
export function exportsPipeline(exports: Readonly<Record<string, unknown>>): boolean {
  return exportedPipelines(exports).length > 0
}

function exportedPipelines(exports: Readonly<Record<string, unknown>>): readonly PipelineDefinition[] {
  return Object.values(exports).flatMap((value) => pipelineDefinition(value) ?? [])
}

/** The last definition of each name: a copy made by `.with` stands for the original. */
function byName(definitions: readonly PipelineDefinition[]): ReadonlyMap<string, PipelineDefinition> {
  return new Map(definitions.map((definition) => [definition.name, definition]))
}
