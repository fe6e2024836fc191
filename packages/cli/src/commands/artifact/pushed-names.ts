import { createClient, type Client } from '@cairnml/client'
import { isCairnError, type ArtifactRef } from '@cairnml/core'
import type { PushSelection } from '@cairnml/engine'

import type { CommandEnvironment } from '../../command.ts'

/**
 * The runs and artifacts that texts name. What could be either is a run; an artifact stands for the result of the step
 * that made it.
 *
 * @throws CAIRN_RUN_UNKNOWN, CAIRN_RUN_AMBIGUOUS, and what finding an artifact throws
 */
export async function pushedNames(
  names: readonly string[],
  { environment, stack }: { readonly environment: CommandEnvironment; readonly stack: string | undefined },
): Promise<PushSelection> {
  await using client = await createClient({ fallbackDirs: environment.fallbackDirs, stack })
  const runs = new Set<string>()
  const stepRuns = new Set<string>()
  const artifacts: ArtifactRef[] = []
  for (const name of names) {
    const found = await named(name, client)
    if ('run' in found) runs.add(found.run)
    else if ('stepRun' in found) stepRuns.add(found.stepRun)
    else artifacts.push(found.artifact)
  }
  return { runs: [...runs], stepRuns: [...stepRuns], artifacts }
}

type Named = { readonly run: string } | { readonly stepRun: string } | { readonly artifact: ArtifactRef }

async function named(name: string, client: Client): Promise<Named> {
  if (name.includes('/')) return artifactNamed(name, client)
  try {
    return { run: (await client.run(name)).id }
  } catch (unknownRun) {
    if (!isCairnError(unknownRun, 'CAIRN_RUN_UNKNOWN')) throw unknownRun
    return artifactNamed(name, client).catch((error: unknown) => {
      throw isCairnError(error, 'CAIRN_ARTIFACT_UNKNOWN') ? unknownRun : error
    })
  }
}

async function artifactNamed(name: string, client: Client): Promise<Named> {
  const found = await client.artifact(name)
  const { steps } = await found.lineage({ limit: 1 })
  const [maker] = steps
  return maker === undefined ? { artifact: found.artifact } : { stepRun: maker.id }
}
