import { existsSync } from 'node:fs'
import { join } from 'node:path'

import type { WorkspacePackage } from '../repository/repository.ts'
import { publicSurface } from './public-surface.ts'

/** The API snapshot of a built package: every entry, sorted, without comments. */
export function snapshotText({ folder, manifest }: WorkspacePackage): string {
  const entries = Object.entries(manifest.exports ?? {}).flatMap(([subpath, entry]) => {
    const types = typeof entry === 'string' ? undefined : entry['types']
    return types === undefined ? [] : entryText(join(manifest.name, subpath), join(folder, types))
  })
  const intro = 'The public API, written by `pnpm api:update` from the built declarations. Review its diff like code.'
  return [`# ${manifest.name}`, intro, ...entries, ''].join('\n\n').replace(/\n+$/, '\n')
}

function entryText(name: string, file: string): readonly string[] {
  if (!existsSync(file)) throw new Error(`${file} is missing: run pnpm build first.`)
  const { exported, reached } = publicSurface(file)
  const inside = reached.length === 0 ? [] : ['Reached by these, without a public name:', block(reached)]
  return [`## ${name.replaceAll('\\', '/')}`, block(exported), ...inside]
}

function block(declarations: readonly string[]): string {
  return `\`\`\`ts\n${declarations.join('\n')}\n\`\`\``
}
