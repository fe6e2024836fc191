import { ROOT } from '../repository/repository.ts'
import { conformanceProblems } from './conformance.ts'
import { checkFileSizes } from './file-sizes.ts'
import { manifestProblems } from './manifests.ts'
import { checkPackedPackages } from './packed-packages.ts'
import { commands, problems, type Stage } from './stage.ts'

const KNIP = ['knip', '--no-progress', '--no-config-hints'] as const

/** What `pnpm verify` checks, in order: the quick ones first, and those that read `dist` after the build. */
export const STAGES: readonly Stage[] = [
  commands('format', ['oxfmt', '--check']),
  commands('lint', ['oxlint', '--type-aware']),
  { name: 'size', run: async () => checkFileSizes(ROOT) },
  problems('manifests', async () => manifestProblems(ROOT)),
  problems('conformance', async () => conformanceProblems(ROOT)),
  commands('boundaries', ['turbo', 'boundaries']),
  commands('types', ['tsc', '-b'], ['tsc', '-p', 'tsconfig.tests.json']),
  commands('knip', [...KNIP], [...KNIP, '--production']),
  commands('build', ['turbo', 'run', 'build', '--output-logs=errors-only']),
  { name: 'exports', run: () => checkPackedPackages(ROOT) },
  commands(
    'api',
    ['node', 'scripts/api-snapshots.ts'],
    ['node', 'scripts/json-schemas.ts'],
    ['node', 'scripts/reference-pages.ts'],
  ),
  commands('tests', ['turbo', 'run', 'test', '--continue', '--output-logs=errors-only']),
  commands('docs', ['node', 'scripts/docs-snippets.ts']),
  commands('pictures', ['node', 'scripts/live-picture.ts', '--check']),
]
