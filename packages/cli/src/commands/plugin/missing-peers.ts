import type { StackSession } from '../stack/stack-session.ts'
import { dependenciesOf } from './dependencies-of.ts'
import { manifestOf } from './plugin-facts.ts'

/** What plugins ask of the project itself. */
export const PEER = '@cairnml/core'

/**
 * What has to be installed along with a plugin: where Yarn's Plug'n'Play resolves imports, no package gets a peer that the
 * project does not list, although Cairn has brought it.
 */
export function missingPeers({ projectDir, environment }: StackSession): readonly string[] {
  if (process.versions['pnp'] === undefined || PEER in dependenciesOf(projectDir)) return []
  const { version } = manifestOf(PEER, environment.fallbackDirs)
  return version === undefined ? [] : [`${PEER}@${version}`]
}
