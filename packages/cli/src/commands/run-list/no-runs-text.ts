import { parseWhere, type Client } from '@cairnml/client'
import { comparedFields, nearestName } from '@cairnml/core'

/** So many of the newest runs are looked at for a name that was meant. */
const NEWEST = 50

/** What a list of runs was asked for. */
export interface RunFilters {
  readonly pipeline?: string | undefined
  readonly tag?: readonly string[] | undefined
  readonly where?: string | undefined
  readonly sort?: string | undefined
  /** How the list was called, without what does not choose: `--status failed`. */
  readonly given: readonly string[]
}

/** Says why a list of runs is empty, on one line: that there are none, which name none of them has, or that none fits. */
export async function noRunsText(client: Client, filters: RunFilters): Promise<string> {
  const { runs } = await client.runs({ limit: NEWEST })
  if (runs.length === 0) return 'Nothing was run here yet.'
  const { pipeline, tag = [], given } = filters
  if (pipeline !== undefined) {
    const known = (await client.pipelines()).map(({ name }) => name)
    const isKnown = known.some((name) => name.toLowerCase() === pipeline.toLowerCase())
    if (!isKnown) return `No pipeline "${pipeline}" was run here.${meant(pipeline, known)}`
  }
  for (const one of tag) {
    if ((await client.runs({ tag: [one], limit: 1 })).runs.length > 0) continue
    const known = runs.flatMap(({ tags }) => tags)
    return `No run has the tag "${one}".${meant(one, known)}`
  }
  for (const fact of factsOf(filters)) {
    if ((await client.runs({ sort: fact, limit: 1 })).runs.length > 0) continue
    const known = runs.flatMap(({ params, metrics }) => [
      ...Object.keys(params).map((name) => `params.${name}`),
      ...Object.keys(metrics).map((name) => `metrics.${name}`),
    ])
    return `No run has ${fact}.${meant(fact, known)}`
  }
  return `No run fits ${given.join(' ')}.`
}

/** Parameters and metrics that a run has to have to be listed. */
function factsOf({ where, sort }: RunFilters): readonly string[] {
  const compared = where === undefined ? [] : comparedFields(parseWhere(where))
  return [...compared, ...(sort === undefined ? [] : [sort])].filter((field) => /^(?:params|metrics)\./.test(field))
}

function meant(given: string, known: readonly string[]): string {
  const nearest = nearestName(given, [...new Set(known)])
  return nearest === undefined ? '' : ` Did you mean "${nearest}"?`
}
